#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    match order.plan {
        Plan::Free =>
    }
}

#[state_machine]
async fn sell(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    ship(ctx, order).await
}

fn main() {}
