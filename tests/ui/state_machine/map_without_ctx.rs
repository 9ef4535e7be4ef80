#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let packed = map_each(&order.items, async |item| pack(ctx, &item.sku, item.qty).await).await?;
    Ok(packed.len() as u32)
}

fn main() {}
