use asl_macros::expr_fn;

#[expr_fn]
fn shown(names: Vec<String>, cents: i64, width: usize) -> String {
    let debug = format!("{names:?}");
    let middle = format!("{cents:^8}");
    let computed = format!("{cents:width$}");
    format!("{debug}{middle}{computed}")
}

fn main() {}
