#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let n = order.id.parse::<u32>()?;
    Ok(n)
}

fn main() {}
