#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let packed: Vec<u32> = map_each(ctx, &order.items, async |item| {
        if item.qty == 0 {
            return Ok("none");
        }
        pack(ctx, &item.sku, item.qty).await
    })
    .await?;
    Ok(packed.len() as u32)
}

fn main() {}
