#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let table = std::env::var("TABLE").unwrap_or_default();
    refund(ctx, &table).await?;
    Ok(1)
}

fn main() {}
