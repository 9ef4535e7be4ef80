#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let now = std::time::SystemTime::now();
    refund(ctx, &order.id).await?;
    Ok(1)
}

fn main() {}
