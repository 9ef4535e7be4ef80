#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order, plan: Plan) -> Result<u64, Failure> {
    Ok(order.cents)
}

fn main() {}
