#[path = "shop/mod.rs"]
mod shop;
use shop::*;

fn append(text: &mut String) {
    text.push('!');
}

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let mut note = order.id;
    append(&mut note);
    Ok(1)
}

fn main() {}
