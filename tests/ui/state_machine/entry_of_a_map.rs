#[path = "shop/mod.rs"]
mod shop;
use shop::*;
use std::collections::BTreeMap;

#[state_machine]
async fn count(ctx: &Ctx, words: Vec<String>) -> Result<BTreeMap<String, u32>, Failure> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_insert_with_key(|_| 0) += 1;
        counts.entry("all".to_owned()).and_modify(|count| *count += 1);
    }
    Ok(counts)
}

fn main() {}
