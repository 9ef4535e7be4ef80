use asl_macros::expr_fn;

#[expr_fn]
fn first<T: Clone>(list: Vec<T>) -> Option<T> {
    list.first().cloned()
}

fn main() {}
