#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, CardError> {
    match charge(ctx, &order.id, order.cents).await {
        Ok(_) => Ok(1),
        Err(CardError::Expired(_)) => Ok(0),
        Err(other) => Err(other),
    }
}

fn main() {}
