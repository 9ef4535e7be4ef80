#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let packed = pack(ctx, &order.id, 1).await;
    refund(ctx, &order.id).await?;
    match packed {
        Ok(packed) => Ok(packed),
        Err(failure) => Err(failure),
    }
}

fn main() {}
