#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let now = std::time::Instant::now();
    refund(ctx, &order.id).await?;
    Ok(now.elapsed().as_secs() as u32)
}

fn main() {}
