#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let packing = async { pack(ctx, &order.id, 1).await };
    Ok(packing.await?)
}

fn main() {}
