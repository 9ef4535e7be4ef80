#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    Ok(order.note.unwrap().is_empty() as u32)
}

fn main() {}
