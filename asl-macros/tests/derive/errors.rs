use asl_core::expr::{AslData as _, AslError as _, Expr, Failure, failure_of, text};
use asl_macros::AslError;
use serde_json::json;

use crate::evaluation::evaluate;
use crate::{check_literal, v};

#[derive(Debug, Clone, PartialEq, AslError)]
enum OrderError {
    PaymentFailed(String),
    #[asl(name = "Shipping.Failed")]
    ShippingFailed {
        why: String,
    },
    #[asl(timeout)]
    Late,
    #[asl(transparent)]
    Billing(BillingError),
    #[asl(other)]
    Task(Failure),
}

#[derive(Debug, Clone, PartialEq, AslError)]
enum BillingError {
    RateLimit,
    Declined(String),
}

fn errors() -> Vec<(OrderError, &'static str, &'static str)> {
    vec![
        (OrderError::PaymentFailed("a".into()), "PaymentFailed", "a"),
        (OrderError::ShippingFailed { why: "b".into() }, "Shipping.Failed", "b"),
        (OrderError::Late, "States.Timeout", ""),
        (OrderError::Billing(BillingError::RateLimit), "RateLimit", ""),
        (OrderError::Billing(BillingError::Declined("c".into())), "Declined", "c"),
        (OrderError::Task(Failure::new("Boom", "d")), "Boom", "d"),
    ]
}

#[test]
fn an_error_has_one_name_and_cause_in_both_directions() {
    for (error, name, cause) in errors() {
        let failure = Failure::new(name, cause);
        assert_eq!(error.clone().into_failure(), failure);
        assert_eq!(OrderError::from_failure(failure.clone()), Ok(error.clone()));
        assert_eq!(OrderError::from(failure.clone()), error);
        assert_eq!(evaluate(&error.literal(), &json!(null)), json!(failure));
    }
    let unknown = Failure::new("Boom", "");
    assert_eq!(BillingError::from_failure(unknown.clone()), Err(unknown.clone()));
    check_literal(&unknown);
    let heartbeat = Failure::new("States.HeartbeatTimeout", "");
    assert_eq!(OrderError::from(heartbeat), OrderError::Late);
}

#[test]
fn a_catcher_of_a_variant_has_its_names() {
    assert_eq!(OrderError::__asl_names_PaymentFailed(), ["PaymentFailed"]);
    assert_eq!(OrderError::__asl_names_Late(), ["States.Timeout", "States.HeartbeatTimeout"]);
    assert_eq!(OrderError::__asl_names_Billing(), ["RateLimit", "Declined"]);
    assert_eq!(OrderError::__asl_names_Task(), ["States.ALL"]);
    assert_eq!(BillingError::names(), ["RateLimit", "Declined"]);
    const { assert!(<OrderError as asl_core::expr::AslError>::TAKES_OTHERS) };
    const { assert!(!<BillingError as asl_core::expr::AslError>::TAKES_OTHERS) };
}

#[test]
fn an_error_output_is_told_apart_and_taken_apart() {
    let e: Expr<OrderError> = v();
    for (error, name, cause) in errors() {
        let data = json!({"Error": name, "Cause": cause});
        let is = |test: Expr<bool>| evaluate(test.tree(), &data) == json!(true);
        assert_eq!(is(OrderError::__asl_is_PaymentFailed(&e)), matches!(error, OrderError::PaymentFailed(_)));
        assert_eq!(
            is(OrderError::__asl_is_ShippingFailed(&e)),
            matches!(error, OrderError::ShippingFailed { .. })
        );
        assert_eq!(is(OrderError::__asl_is_Late(&e)), matches!(error, OrderError::Late));
        assert_eq!(is(OrderError::__asl_is_Billing(&e)), matches!(error, OrderError::Billing(_)));
        assert_eq!(is(OrderError::__asl_is_Task(&e)), matches!(error, OrderError::Task(_)));
        assert_eq!(evaluate(OrderError::__asl_of_ShippingFailed(&e).why.tree(), &data), cause);
        let inner = OrderError::__asl_of_Billing(&e).0;
        let is_limit = BillingError::__asl_is_RateLimit(&inner);
        assert_eq!(is(is_limit), matches!(error, OrderError::Billing(BillingError::RateLimit)));
        assert_eq!(evaluate(OrderError::__asl_of_Task(&e).0.error.tree(), &data), name);
    }
}

#[test]
fn an_error_is_built_from_expressions() {
    let error = OrderError::__asl_new_PaymentFailed(|f| f.0 = text("a"));
    assert_eq!(failure_of(error).to_jsonata(), "{'Error': 'PaymentFailed', 'Cause': 'a'}");
    let inner = BillingError::__asl_new_RateLimit(|_| {});
    let error = OrderError::__asl_new_Billing(|f| f.0 = inner);
    assert_eq!(error.to_jsonata(), "{'Error': 'RateLimit', 'Cause': ''}");
}
