#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let sum = 0;
    sum += 1;
    Ok(sum)
}

fn main() {}
