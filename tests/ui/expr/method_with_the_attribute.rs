use asl_macros::{AslData, expr_fn};

#[derive(serde::Serialize, serde::Deserialize, AslData)]
struct Order {
    cents: u64,
}

impl Order {
    #[expr_fn]
    fn total(&self) -> u64 {
        self.cents * 2
    }
}

fn main() {
    let order = Order { cents: 1 };
    let _ = order.total();
}
