//! An order as a saga: each step says what undoes it, and a failure undoes all that was done, the last first.

use asl_core::ctx::{Ctx, Failure, Retry};
use asl_local::Mocks;
use asl_local::mocks::{fails, succeeds};
use asl_macros::{AslData, state_machine, task};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Workflow, workflow};

/// One line of an order.
#[derive(Serialize, Deserialize, Clone, AslData)]
pub struct Item {
    sku: String,
    qty: u32,
}

/// The input.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    id: String,
    card_token: String,
    total_cents: u64,
    items: Vec<Item>,
}

/// Goods put aside.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "camelCase")]
pub struct Hold {
    hold_id: String,
}

/// Money taken.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    payment_id: String,
}

/// A parcel on its way.
#[derive(Serialize, Deserialize, Clone, AslData)]
pub struct Shipment {
    tracking: String,
}

/// The output.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, AslData)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    order_id: String,
    tracking: String,
}

#[task(lambda = "${ReserveStockArn}")]
async fn reserve_stock(ctx: &Ctx, order_id: &str, items: &[Item]) -> Result<Hold, Failure>;
#[task(lambda = "${ReleaseStockArn}")]
async fn release_stock(ctx: &Ctx, hold_id: &str) -> Result<(), Failure>;
#[task(lambda = "${ChargeCardArn}")]
async fn charge_card(
    ctx: &Ctx,
    order_id: &str,
    card_token: &str,
    amount_cents: u64,
) -> Result<Payment, Failure>;
#[task(lambda = "${RefundArn}")]
async fn refund(ctx: &Ctx, payment_id: &str) -> Result<(), Failure>;
#[task(lambda = "${ShipArn}")]
async fn ship(ctx: &Ctx, order_id: &str, items: &[Item]) -> Result<Shipment, Failure>;

/// From the order to the parcel, or back.
///
/// # Errors
///
/// What the step that failed fails with, after the steps before it were undone.
#[state_machine(comment = "Reserve, charge, ship; what was done is undone in reverse")]
pub async fn order_saga(ctx: &Ctx, order: Order) -> Result<Receipt, Failure> {
    reserve_stock(ctx, &order.id, &order.items)
        .retry(Retry::LAMBDA)
        .compensate(|hold| release_stock(ctx, &hold.hold_id).retry(Retry::LAMBDA))
        .await?;
    charge_card(ctx, &order.id, &order.card_token, order.total_cents)
        .retry(Retry::LAMBDA)
        .compensate(|payment| refund(ctx, &payment.payment_id).retry(Retry::LAMBDA))
        .await?;
    let shipment = ship(ctx, &order.id, &order.items).retry(Retry::LAMBDA).await?;
    Ok(Receipt { order_id: order.id, tracking: shipment.tracking })
}

/// Nobody ships.
pub(super) fn example() -> Workflow {
    let order =
        json!({"id": "o-1", "cardToken": "tok", "totalCents": 900, "items": [{"sku": "A1", "qty": 2}]});
    workflow!(order_saga, "a saga: each step says what undoes it", order, || {
        Mocks::new()
            .on("ReserveStock", succeeds(json!({"holdId": "h-1"})))
            .on("ChargeCard", succeeds(json!({"paymentId": "p-1"})))
            .on("Ship", fails("NoCarrier", "all trucks are out"))
            .on("Refund", succeeds(json!(null)))
            .on("ReleaseStock", succeeds(json!(null)))
    })
}

#[cfg(test)]
mod tests {
    use asl_local::block_on;
    use asl_local::native::Local;

    use super::*;

    fn order() -> Order {
        serde_json::from_value(example().input).unwrap()
    }

    fn until_shipping() -> Mocks {
        Mocks::new()
            .on("ReserveStock", succeeds(json!({"holdId": "h-1"})))
            .on("ChargeCard", succeeds(json!({"paymentId": "p-1"})))
    }

    #[test]
    fn an_order_that_ships_is_not_undone() {
        let local = Local::new(until_shipping().on("Ship", succeeds(json!({"tracking": "1Z"}))));
        let receipt = block_on(order_saga(&local.ctx(), order()));
        assert_eq!(receipt, Ok(Receipt { order_id: "o-1".to_owned(), tracking: "1Z".to_owned() }));
        assert_eq!(local.states(), ["ReserveStock", "ChargeCard", "Ship"]);
    }

    #[test]
    fn a_failure_undoes_what_was_done_the_last_first() {
        let local = Local::new((example().mocks)());
        let failure = block_on(order_saga(&local.ctx(), order())).unwrap_err();
        assert_eq!(failure, Failure::new("NoCarrier", "all trucks are out"));
        assert_eq!(local.states(), ["ReserveStock", "ChargeCard", "Ship", "Refund", "ReleaseStock"]);
    }

    #[test]
    fn a_card_that_is_declined_is_not_refunded() {
        let mocks = Mocks::new()
            .on("ReserveStock", succeeds(json!({"holdId": "h-1"})))
            .on("ChargeCard", fails("CardDeclined", "no funds"))
            .on("ReleaseStock", succeeds(json!(null)));
        let local = Local::new(mocks.clone());
        assert_eq!(block_on(order_saga(&local.ctx(), order())).unwrap_err().error, "CardDeclined");
        assert_eq!(local.states(), ["ReserveStock", "ChargeCard", "ReleaseStock"]);
        assert_eq!(mocks.calls_of("ReleaseStock")[0].input, json!({"hold_id": "h-1"}));
    }
}
