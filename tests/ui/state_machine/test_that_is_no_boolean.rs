#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine(test = "no")]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    pack(ctx, &order.id, 1).await
}

fn main() {}
