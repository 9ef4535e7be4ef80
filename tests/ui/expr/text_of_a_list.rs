use asl_core::expr::{Expr, variable};

fn main() {
    let names: Expr<Vec<String>> = variable("names");
    let _ = names.to_string();
}
