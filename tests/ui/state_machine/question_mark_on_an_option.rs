#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let note = order.note?;
    refund(ctx, &note).await?;
    Ok(1)
}

fn main() {}
