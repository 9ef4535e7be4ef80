#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    if order.cents {
        return Ok(1);
    }
    Ok(0)
}

fn main() {}
