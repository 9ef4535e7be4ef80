#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<String, Failure> {
    let mut id = order.id;
    while let Some(letter) = id.pop() {
        if letter == '-' {
            break;
        }
    }
    id.insert(0, 'x');
    id.remove(0);
    Ok(id)
}

fn main() {}
