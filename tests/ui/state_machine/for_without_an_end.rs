#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    for round in 1.. {
        pack(ctx, &order.id, round).await?;
    }
    Ok(1)
}

fn main() {}
