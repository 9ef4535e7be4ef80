#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(order: Order) -> Result<u64, Failure> {
    Ok(order.cents)
}

fn main() {}
