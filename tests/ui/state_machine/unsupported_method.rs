#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let letters: Vec<char> = order.id.chars().rev().collect();
    Ok(letters.len() as u32)
}

fn main() {}
