use asl_macros::expr_fn;

#[expr_fn]
fn length(text: &str) -> usize {
    str::len(text)
}

fn main() {}
