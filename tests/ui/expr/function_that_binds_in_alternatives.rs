use asl_macros::expr_fn;

#[expr_fn]
fn either(pair: (Option<u32>, Option<u32>)) -> u32 {
    match pair {
        (Some(n), _) | (_, Some(n)) => n,
        _ => 0,
    }
}

fn main() {}
