#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u64, Failure> {
    println!("{}", order.id);
    Ok(order.cents)
}

#[state_machine]
async fn sell(ctx: &Ctx, order: Order) -> Result<u64, Failure> {
    let cents = ship(ctx, order).await?;
    Ok(cents)
}

fn main() {}
