#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    map_each(ctx, &order.items, async |item| {
        pack(ctx, &item.sku, item.qty).compensate(|_| refund(ctx, &item.sku)).await
    })
    .await?;
    Ok(1)
}

fn main() {}
