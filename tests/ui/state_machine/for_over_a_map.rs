#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    for packed in map_each(ctx, &order.items, async |item| pack(ctx, &item.sku, item.qty).await).await {
        pack(ctx, &order.id, packed).await?;
    }
    Ok(1)
}

fn main() {}
