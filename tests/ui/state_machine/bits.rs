#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let mut flags = 1_u32;
    flags |= 4;
    Ok(flags)
}

fn main() {}
