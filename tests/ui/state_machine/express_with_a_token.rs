#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine(type = express)]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    approve(ctx, &order.id).await?;
    Ok(1)
}

fn main() {}
