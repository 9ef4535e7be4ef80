#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let (a, b) = join!(async { pack(ctx, &order.id, 1).await? }, async { 2 });
    Ok(a + b)
}

fn main() {}
