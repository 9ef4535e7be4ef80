#[path = "shop/mod.rs"]
mod shop;
use shop::*;

static mut COUNT: u32 = 0;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    COUNT = 3;
    Ok(1)
}

fn main() {}
