#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let double = |n: u32| n * 2;
    Ok(double(1))
}

fn main() {}
