#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    std::thread::spawn(|| 1);
    Ok(1)
}

fn main() {}
