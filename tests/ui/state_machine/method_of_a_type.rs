#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let text = String::from_utf8_lossy(order.id.as_bytes());
    pack(ctx, &text, 1).await
}

fn main() {}
