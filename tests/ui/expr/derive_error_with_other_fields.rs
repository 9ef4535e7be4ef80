#[derive(asl_macros::AslError)]
enum BillingError {
    Declined { code: u32, text: String },
    #[asl(other)]
    Other(String),
    #[asl(names = "x")]
    Late,
    #[asl(name = "Late")]
    TooLate,
}

fn main() {}
