#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<String, Failure> {
    let mut id = order.id;
    id.push('-');
    id.extend(vec!["a".to_owned()]);
    Ok(id)
}

fn main() {}
