#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let limit = order.items.len() as u32;
    s3_objects::<Item>(ctx, "Pack", "bucket", "")
        .run((), async |ctx, item| {
            pack(ctx, &item.item.sku, limit).await
        })
        .await?;
    Ok(1)
}

fn main() {}
