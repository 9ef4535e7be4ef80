#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let mut items = order.items;
    items.sort_by(|one, other| one.qty.cmp(&other.qty));
    Ok(items[0].qty)
}

fn main() {}
