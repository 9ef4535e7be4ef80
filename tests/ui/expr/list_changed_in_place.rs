use asl_core::expr::{Expr, lit, variable};

fn main() {
    let numbers: Expr<Vec<u32>> = variable("numbers");
    numbers.push(lit(1));
}
