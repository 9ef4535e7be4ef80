#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let found = order.items.iter().any(|item| {
        if item.qty == 0 {
            return true;
        }
        item.sku == order.id
    });
    Ok(u32::from(found))
}

fn main() {}
