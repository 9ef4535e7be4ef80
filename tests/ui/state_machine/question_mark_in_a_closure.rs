#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let sum: u32 = order.items.iter().map(|item| item.sku.parse::<u32>()?).sum();
    Ok(sum)
}

fn main() {}
