//! Steps and what undoes them, written by hand and with `.compensate`.

use asl_core::ctx::{Ctx, ErrorType, Failure, Retry};
use asl_local::block_on;
use asl_local::native::Local;
use asl_macros::task;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::world::Tasks;

#[derive(Serialize, Deserialize, Clone)]
struct Item {
    sku: String,
    qty: u32,
}

#[derive(Serialize, Deserialize, Clone)]
#[expect(clippy::struct_field_names, reason = "these are the names in the JSON")]
struct Order {
    order_id: String,
    card_token: String,
    total_cents: u64,
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Hold {
    hold_id: String,
}

#[derive(Deserialize)]
struct Payment {
    payment_id: String,
}

#[derive(Deserialize)]
struct Shipment {
    tracking: String,
}

#[derive(Serialize, Debug, PartialEq)]
struct Receipt {
    order_id: String,
    tracking: String,
}

#[derive(Debug, PartialEq)]
enum OrderError {
    PaymentFailed(String),
    ShippingFailed(String),
    Task(Failure),
}

impl From<Failure> for OrderError {
    fn from(failure: Failure) -> Self {
        Self::Task(failure)
    }
}

impl ErrorType for OrderError {
    const NAMES: &'static [&'static str] = &["PaymentFailed", "ShippingFailed"];

    fn from_failure(failure: Failure) -> Self {
        match failure.error.as_str() {
            "PaymentFailed" => Self::PaymentFailed(failure.cause),
            "ShippingFailed" => Self::ShippingFailed(failure.cause),
            _ => Self::Task(failure),
        }
    }

    fn into_failure(self) -> Failure {
        match self {
            Self::PaymentFailed(cause) => Failure::new("PaymentFailed", cause),
            Self::ShippingFailed(cause) => Failure::new("ShippingFailed", cause),
            Self::Task(failure) => failure,
        }
    }
}

mod tasks {
    use super::{Hold, Item, Payment, Shipment};
    use asl_core::ctx::{Ctx, Failure};
    use asl_macros::task;

    #[task(lambda = "${ReserveStockArn}")]
    pub(super) async fn reserve_stock(ctx: &Ctx, order_id: &str, items: &[Item]) -> Result<Hold, Failure>;

    #[task(lambda = "${ChargeCardArn}")]
    pub(super) async fn charge_card(
        ctx: &Ctx,
        order_id: &str,
        card_token: &str,
        amount_cents: u64,
    ) -> Result<Payment, Failure>;

    #[task(lambda = "${ShipArn}")]
    pub(super) async fn ship(ctx: &Ctx, order_id: &str, items: &[Item]) -> Result<Shipment, Failure>;
}

// one `use` imports the functions and what the compiler knows of them
use tasks::{charge_card, reserve_stock, ship};

#[task(lambda = "${RefundArn}")]
async fn refund(ctx: &Ctx, payment_id: &str) -> Result<(), Failure>;

#[task(lambda = "${ReleaseStockArn}")]
async fn release_stock(ctx: &Ctx, hold_id: &str) -> Result<(), Failure>;

async fn by_hand(ctx: &Ctx, order: Order) -> Result<Receipt, OrderError> {
    let hold = reserve_stock(ctx, &order.order_id, &order.items).retry(Retry::LAMBDA).await?;
    let failure = 'attempt: {
        let payment = match charge_card(ctx, &order.order_id, &order.card_token, order.total_cents).await {
            Ok(payment) => payment,
            Err(error) => break 'attempt OrderError::PaymentFailed(error.cause),
        };
        match ship(ctx, &order.order_id, &order.items).retry(Retry::LAMBDA).await {
            Ok(shipment) => return Ok(Receipt { order_id: order.order_id, tracking: shipment.tracking }),
            Err(error) => {
                refund(ctx, &payment.payment_id).retry(Retry::LAMBDA).await?;
                OrderError::ShippingFailed(error.cause)
            }
        }
    };
    release_stock(ctx, &hold.hold_id).retry(Retry::LAMBDA).await?;
    Err(failure)
}

async fn with_compensation(ctx: &Ctx, order: Order) -> Result<Receipt, OrderError> {
    ctx.workflow(async |ctx: &Ctx| {
        reserve_stock(ctx, &order.order_id, &order.items)
            .retry(Retry::LAMBDA)
            .compensate(|hold| release_stock(ctx, &hold.hold_id).retry(Retry::LAMBDA))
            .await?;
        charge_card(ctx, &order.order_id, &order.card_token, order.total_cents)
            .compensate(|payment| refund(ctx, &payment.payment_id))
            .await
            .map_err(|error| OrderError::PaymentFailed(error.cause))?;
        let shipment = ship(ctx, &order.order_id, &order.items)
            .retry(Retry::LAMBDA)
            .await
            .map_err(|error| OrderError::ShippingFailed(error.cause))?;
        Ok(Receipt { order_id: order.order_id, tracking: shipment.tracking })
    })
    .await
}

fn tasks() -> Tasks {
    Tasks::default()
        .on("ReserveStock", |input| {
            assert_eq!(*input, json!({"order_id": "o-1", "items": [{"sku": "A1", "qty": 2}]}));
            json!({"hold_id": "h-1"})
        })
        .on("ChargeCard", |input| {
            assert_eq!(input["amount_cents"], 1200);
            json!({"payment_id": "p-1"})
        })
        .on("Ship", |_| json!({"tracking": "1Z"}))
        .on("Refund", |input| {
            assert_eq!(*input, json!({"payment_id": "p-1"}));
            json!({"ignored": true})
        })
        .on("ReleaseStock", |input| {
            assert_eq!(*input, json!({"hold_id": "h-1"}));
            Value::Null
        })
}

fn order() -> Order {
    let items = vec![Item { sku: "A1".into(), qty: 2 }];
    Order { order_id: "o-1".into(), card_token: "tok".into(), total_cents: 1200, items }
}

fn receipt() -> Receipt {
    Receipt { order_id: "o-1".into(), tracking: "1Z".into() }
}

/// Result and calls, the same for both ways to write it, with and without tokio.
#[track_caller]
fn check(world: impl Fn() -> Tasks, expected: &Result<Receipt, OrderError>, states: &[&str]) {
    for is_by_hand in [true, false] {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for is_tokio in [true, false] {
            let local = Local::new(world());
            let ctx = local.ctx();
            let run = async {
                if is_by_hand { by_hand(&ctx, order()).await } else { with_compensation(&ctx, order()).await }
            };
            let result = if is_tokio { runtime.block_on(run) } else { block_on(run) };
            assert_eq!(result, *expected, "by hand: {is_by_hand}, tokio: {is_tokio}");
            assert_eq!(local.states(), states, "by hand: {is_by_hand}, tokio: {is_tokio}");
        }
    }
}

#[test]
fn an_order_is_shipped() {
    check(tasks, &Ok(receipt()), &["ReserveStock", "ChargeCard", "Ship"]);
}

#[test]
fn a_declined_payment_releases_the_stock() {
    let world = || tasks().fails("ChargeCard", "CardDeclined", "no funds");
    let expected = Err(OrderError::PaymentFailed("no funds".into()));
    check(world, &expected, &["ReserveStock", "ChargeCard", "ReleaseStock"]);
}

#[test]
fn a_failed_shipment_is_undone_in_reverse() {
    let world = || tasks().fails("Ship", "NoCarrier", "strike");
    let expected = Err(OrderError::ShippingFailed("strike".into()));
    check(world, &expected, &["ReserveStock", "ChargeCard", "Ship", "Refund", "ReleaseStock"]);
}

#[test]
fn a_compensation_that_fails_ends_the_workflow_with_its_error() {
    let world = || tasks().fails("Ship", "NoCarrier", "strike").fails("Refund", "Bank", "closed");
    let expected = Err(OrderError::Task(Failure::new("Bank", "closed")));
    check(world, &expected, &["ReserveStock", "ChargeCard", "Ship", "Refund"]);
}
