#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship<T>(ctx: &Ctx, order: T) -> Result<T, Failure> {
    Ok(order)
}

fn main() {}
