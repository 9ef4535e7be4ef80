//! Steps and what undoes them, written by hand and with `.compensate`.

use asl_core::ctx::{Ctx, Failure, Retry};
use asl_local::mocks::{fails, succeeds};
use asl_local::native::Local;
use asl_local::{Mocks, block_on};
use asl_macros::{AslData, AslError, task};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(AslData, Serialize, Deserialize, Clone)]
struct Item {
    sku: String,
    qty: u32,
}

#[derive(AslData, Serialize, Deserialize, Clone)]
#[expect(clippy::struct_field_names, reason = "these are the names in the JSON")]
struct Order {
    order_id: String,
    card_token: String,
    total_cents: u64,
    items: Vec<Item>,
}

#[derive(AslData, Deserialize)]
struct Hold {
    hold_id: String,
}

#[derive(AslData, Deserialize)]
struct Payment {
    payment_id: String,
}

#[derive(AslData, Deserialize)]
struct Shipment {
    tracking: String,
}

#[derive(AslData, Serialize, Debug, PartialEq)]
struct Receipt {
    order_id: String,
    tracking: String,
}

#[derive(Debug, PartialEq, AslError)]
enum OrderError {
    PaymentFailed(String),
    ShippingFailed(String),
    #[asl(other)]
    Task(Failure),
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

fn mocks() -> Mocks {
    Mocks::new()
        .on("ReserveStock", |input: &Value| {
            assert_eq!(*input, json!({"order_id": "o-1", "items": [{"sku": "A1", "qty": 2}]}));
            Ok(json!({"hold_id": "h-1"}))
        })
        .on("ChargeCard", |input: &Value| {
            assert_eq!(input["amount_cents"], 1200);
            Ok(json!({"payment_id": "p-1"}))
        })
        .on("Ship", succeeds(json!({"tracking": "1Z"})))
        .on("Refund", |input: &Value| {
            assert_eq!(*input, json!({"payment_id": "p-1"}));
            Ok(json!({"ignored": true}))
        })
        .on("ReleaseStock", |input: &Value| {
            assert_eq!(*input, json!({"hold_id": "h-1"}));
            Ok(Value::Null)
        })
}

fn order() -> Order {
    let items = vec![Item { sku: "A1".into(), qty: 2 }];
    Order { order_id: "o-1".into(), card_token: "tok".into(), total_cents: 1200, items }
}

fn receipt() -> Receipt {
    Receipt { order_id: "o-1".into(), tracking: "1Z".into() }
}

/// Result and calls of one way to write it, with and without tokio.
#[track_caller]
fn check_one(
    is_by_hand: bool,
    world: &impl Fn() -> Mocks,
    expected: &Result<Receipt, OrderError>,
    states: &[&str],
) {
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

/// Result and calls, the same for both ways to write it.
#[track_caller]
fn check(world: impl Fn() -> Mocks, expected: &Result<Receipt, OrderError>, states: &[&str]) {
    check_one(true, &world, expected, states);
    check_one(false, &world, expected, states);
}

#[test]
fn an_order_is_shipped() {
    check(mocks, &Ok(receipt()), &["ReserveStock", "ChargeCard", "Ship"]);
}

#[test]
fn a_declined_payment_releases_the_stock() {
    let world = || mocks().on("ChargeCard", fails("CardDeclined", "no funds"));
    let expected = Err(OrderError::PaymentFailed("no funds".into()));
    check(world, &expected, &["ReserveStock", "ChargeCard", "ReleaseStock"]);
}

#[test]
fn a_failed_shipment_is_undone_in_reverse() {
    let world = || mocks().on("Ship", fails("NoCarrier", "strike"));
    let expected = Err(OrderError::ShippingFailed("strike".into()));
    check(world, &expected, &["ReserveStock", "ChargeCard", "Ship", "Refund", "ReleaseStock"]);
}

#[test]
fn a_compensation_that_fails_is_passed_over() {
    let world = || mocks().on("Ship", fails("NoCarrier", "strike")).on("Refund", fails("Bank", "closed"));
    let expected = Err(OrderError::ShippingFailed("strike".into()));
    let states = ["ReserveStock", "ChargeCard", "Ship", "Refund", "ReleaseStock"];
    check_one(false, &world, &expected, &states);
    // by hand there is a `?` behind it
    let expected = Err(OrderError::Task(Failure::new("Bank", "closed")));
    check_one(true, &world, &expected, &states[..4]);
}
