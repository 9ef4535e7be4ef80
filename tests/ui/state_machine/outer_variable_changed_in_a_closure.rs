#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let mut sum = 0;
    order.items.iter().for_each(|item| sum += item.qty);
    Ok(sum)
}

fn main() {}
