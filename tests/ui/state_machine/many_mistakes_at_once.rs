#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine(naem = "Ship", timeout = "soon")]
async fn ship<T>(order: Order) -> u64 {
    order.cents
}

fn main() {}
