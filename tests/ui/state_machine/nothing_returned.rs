#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) {
    refund(ctx, &order.id).await;
}

fn main() {}
