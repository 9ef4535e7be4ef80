use asl_macros::expr_fn;

#[expr_fn]
fn backwards(text: &str) -> String {
    text.chars().rev().collect::<String>()
}

fn main() {}
