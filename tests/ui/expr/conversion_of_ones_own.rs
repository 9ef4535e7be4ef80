use asl_core::expr::{Expr, variable};

#[derive(asl_macros::AslData)]
struct Cents(u64);

impl From<u64> for Cents {
    fn from(cents: u64) -> Self {
        Self(cents)
    }
}

fn main() {
    let number: Expr<u64> = variable("number");
    let _: Expr<Cents> = number.into();
}
