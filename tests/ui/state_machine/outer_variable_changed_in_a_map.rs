#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let mut sum = 0;
    map_each(ctx, &order.items, async |item| {
        sum += pack(ctx, &item.sku, item.qty).await?;
        Ok(())
    })
    .await?;
    Ok(sum)
}

fn main() {}
