#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &mut Context, order: Order) -> Result<u64, Failure> {
    Ok(order.cents)
}

struct Context;

fn main() {}
