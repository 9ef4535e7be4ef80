#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let user = ctx.user();
    refund(ctx, &user).await?;
    Ok(1)
}

fn main() {}
