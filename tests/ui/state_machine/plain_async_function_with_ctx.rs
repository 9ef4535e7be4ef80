#[path = "shop/mod.rs"]
mod shop;
use shop::*;

async fn fetch(ctx: &Ctx) -> Result<u32, Failure> {
    let _ = ctx;
    Ok(1)
}

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    fetch(ctx).await
}

fn main() {}
