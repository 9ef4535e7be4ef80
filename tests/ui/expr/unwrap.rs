use asl_macros::expr_fn;

#[expr_fn]
fn first(names: Vec<String>) -> String {
    names.first().unwrap().clone()
}

fn main() {}
