#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let mut packed = vec![];
    map_each(ctx, &order.items, async |item| {
        packed.push(pack(ctx, &item.sku, item.qty).await?);
        Ok(())
    })
    .await?;
    Ok(packed.len() as u32)
}

fn main() {}
