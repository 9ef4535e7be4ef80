#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[derive(Serialize, Deserialize)]
struct Parcel {
    weight: u32,
}

#[state_machine]
async fn ship(ctx: &Ctx, parcel: Parcel) -> Result<u32, Failure> {
    Ok(1)
}

fn main() {}
