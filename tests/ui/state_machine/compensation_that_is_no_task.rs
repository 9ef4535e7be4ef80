#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, CardError> {
    let payment = charge(ctx, &order.id, order.cents).compensate(|done| done.payment_id).await?;
    Ok(payment.payment_id.is_empty() as u32)
}

fn main() {}
