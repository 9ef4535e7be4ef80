use asl_macros::expr_fn;

#[expr_fn]
fn names(names: Vec<String>) -> Vec<usize> {
    names.iter().map(count).collect::<Vec<_>>()
}

fn count(name: &String) -> usize {
    name.chars().count()
}

fn main() {}
