#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let mut sizes = vec![1, 2];
    sizes[0] = 3;
    Ok(sizes[0])
}

fn main() {}
