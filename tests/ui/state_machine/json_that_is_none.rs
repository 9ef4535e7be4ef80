#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn describe(ctx: &Ctx, order: Order) -> Result<serde_json::Value, Failure> {
    Ok(serde_json::json!({ "id": order.id, "note" = order.note }))
}

fn main() {}
