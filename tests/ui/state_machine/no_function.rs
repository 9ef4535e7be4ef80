#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
struct Ship {
    order: Order,
}

fn main() {}
