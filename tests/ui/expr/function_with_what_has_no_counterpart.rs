use asl_macros::expr_fn;

#[expr_fn]
fn all_at_once(items: Vec<u32>, name: &mut String) -> u32 {
    let total = &mut 0;
    for item in &items {
        *total += item;
    }
    println!("{total}");
    let first = items.first()?;
    let later = items.iter().map(|item| async { *item });
    let bits = first & 3;
    let part = items[1..2].len();
    name.push('x');
    return total + bits;
}

fn main() {}
