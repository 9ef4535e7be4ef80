#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    match order.plan {
        Plan::Free => Ok(0),
        Plan::Gold => Ok(1),
        _ => Ok(2),
    }
}

fn main() {}
