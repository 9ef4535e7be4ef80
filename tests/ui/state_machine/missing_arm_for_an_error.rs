use asl_core::ctx::{Ctx, Failure};
use asl_macros::{AslData, AslError, state_machine, task};

#[derive(serde::Serialize, serde::Deserialize, AslData)]
struct Order {
    id: String,
    total: u64,
    items: Vec<String>,
}

#[derive(Debug, AslError)]
enum ShipError {
    NoCarrier(String),
    #[asl(other)]
    Other(Failure),
}

#[task(lambda = "${ShipArn}")]
async fn ship(ctx: &Ctx, id: &str, total: u64) -> Result<u64, ShipError>;

#[state_machine]
async fn flow(ctx: &Ctx, order: Order) -> Result<u64, Failure> {
    match ship(ctx, &order.id, 1).await {
        Ok(done) => Ok(done),
        Err(ShipError::NoCarrier(_)) => Ok(0),
    }
}

fn main() {}
