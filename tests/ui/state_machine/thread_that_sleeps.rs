#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    std::thread::sleep(Duration::from_secs(5));
    Ok(1)
}

fn main() {}
