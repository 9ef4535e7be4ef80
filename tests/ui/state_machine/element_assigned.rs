#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let mut items = order.items;
    items[0].qty = 3;
    Ok(items[0].qty)
}

#[state_machine]
async fn count(ctx: &Ctx, mut sizes: Vec<u32>) -> Result<u32, Failure> {
    sizes[pack(ctx, "a", 1).await? as usize] += 3;
    Ok(sizes[0])
}

fn main() {}
