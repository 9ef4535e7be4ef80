#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<String, CardError> {
    let payment = charge(ctx, &order.id, order.cents).await?;
    Ok(payment.id)
}

fn main() {}
