#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let packed: Vec<_> = order.items.iter().map(|item| pack(ctx, &item.sku, item.qty)).collect();
    Ok(packed.len() as u32)
}

fn main() {}
