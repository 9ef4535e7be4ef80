#[path = "shop/mod.rs"]
mod shop;
use shop::*;

#[state_machine]
async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
    let sums: Vec<u32> = order
        .items
        .iter()
        .map(|item| {
            let mut sum = 0;
            for n in 0..item.qty {
                sum += n;
            }
            sum
        })
        .collect();
    Ok(sums.len() as u32)
}

fn main() {}
