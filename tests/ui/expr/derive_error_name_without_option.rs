use asl_macros::AslError;

#[derive(AslError)]
enum StockError {
    #[asl("Stock.Empty")]
    Empty,
    #[asl(rename = "Stock.Closed")]
    Closed,
}

fn main() {}
