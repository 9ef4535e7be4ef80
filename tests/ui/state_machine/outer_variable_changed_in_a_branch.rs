#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let mut sum = 0;
    try_join!(
        async {
            sum += pack(ctx, &order.id, 1).await?;
            Ok(())
        },
        refund(ctx, &order.id),
    )?;
    Ok(sum)
}

fn main() {}
