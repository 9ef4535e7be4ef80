#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let packed = async move { pack(ctx, &order.id, 1).await }.await?;
    Ok(packed + missing)
}

fn main() {}
