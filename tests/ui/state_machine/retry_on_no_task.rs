#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let n = order.cents.retry(Retry::LAMBDA);
    Ok(n as u32)
}

fn main() {}
