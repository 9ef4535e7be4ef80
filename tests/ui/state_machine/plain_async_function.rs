#[path = "shop/mod.rs"]
mod shop;
use shop::*;

async fn fetch(id: &str) -> u32 {
    id.len() as u32
}

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    Ok(fetch(&order.id).await)
}

fn main() {}
