#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    for round in 0..3 {
        map_each(ctx, &order.items, async |item| {
            if item.qty == round {
                break;
            }
            pack(ctx, &item.sku, item.qty).await
        })
        .await?;
    }
    Ok(1)
}

fn main() {}
