#[path = "shop/mod.rs"]
mod shop;
use shop::*;

enum Lost {
    Gone,
}

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Lost> {
    Err(Lost::Gone)
}

fn main() {}
