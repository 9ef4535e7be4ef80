#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let checked = if order.cents > 0 { Ok(1) } else { Err(Failure::new("Empty", "")) };
    checked
}

fn main() {}
