#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let packing = pack(ctx, &order.id, 1);
    Ok(packing.await?)
}

fn main() {}
