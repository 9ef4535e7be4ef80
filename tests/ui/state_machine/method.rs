#[path = "shop/mod.rs"]
mod shop;
use shop::*;

struct Shop;

impl Shop {
    #[state_machine]
    async fn ship(&self, ctx: &Ctx, order: Order) -> Result<u64, Failure> {
        Ok(order.cents)
    }
}

fn main() {}
