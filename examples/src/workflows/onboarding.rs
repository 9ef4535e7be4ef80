//! A new user: mail according to the plan, a bill with retries, two systems told at the same time.

use asl_core::ctx::{Ctx, Failure, Retry, try_join};
use asl_core::jsonata::secs;
use asl_local::Mocks;
use asl_local::mocks::{outcomes, succeeds};
use asl_macros::{AslData, AslError, state_machine, task};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Workflow, workflow};

/// The input.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "camelCase")]
pub struct Signup {
    user_id: String,
}

/// What a user pays for.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, AslData)]
#[serde(rename_all = "lowercase")]
pub enum Plan {
    /// By invoice.
    Pro,
    /// By card.
    Basic,
}

/// Someone who signed up.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "camelCase")]
pub struct User {
    id: String,
    email: String,
    plan: Plan,
}

/// The output.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, AslData)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    receipt_id: String,
    amount_cents: u64,
}

/// How billing fails.
#[derive(Debug, PartialEq, AslError)]
pub enum BillingError {
    /// Too many bills at a time.
    #[asl(name = "BillingRateLimitError")]
    RateLimit,
    /// Anything else.
    #[asl(other)]
    Other(Failure),
}

#[task(lambda = "${FetchUserArn}")]
async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<User, Failure>;
#[task(lambda = "${SendProEmailArn}")]
async fn send_pro_email(ctx: &Ctx, user: &User) -> Result<(), Failure>;
#[task(lambda = "${SendBasicEmailArn}")]
async fn send_basic_email(ctx: &Ctx, user: &User) -> Result<(), Failure>;
#[task(lambda = "${RunBillingArn}")]
async fn run_billing(ctx: &Ctx, user: &User) -> Result<Receipt, BillingError>;
#[task(lambda = "${NotifySlackArn}")]
async fn notify_slack(ctx: &Ctx, user: &User) -> Result<(), Failure>;
#[task(lambda = "${UpdateDashboardArn}")]
async fn update_dashboard(ctx: &Ctx, user: &User) -> Result<(), Failure>;

/// From the sign-up to the receipt.
///
/// # Errors
///
/// What a task fails with.
#[state_machine(timeout = "1h", comment = "A new user: mail, bill, tell the others")]
pub async fn onboarding(ctx: &Ctx, signup: Signup) -> Result<Receipt, BillingError> {
    let user = fetch_user(ctx, &signup.user_id).retry(Retry::LAMBDA).await?;
    match user.plan {
        Plan::Pro => send_pro_email(ctx, &user).await?,
        Plan::Basic => send_basic_email(ctx, &user).await?,
    }
    let receipt = run_billing(ctx, &user)
        .retry(Retry::on(BillingError::RateLimit).interval(secs(60)).max_attempts(3))
        .await?;
    try_join!(notify_slack(ctx, &user), update_dashboard(ctx, &user))?;
    Ok(receipt)
}

/// Billing is busy at first.
pub(super) fn example() -> Workflow {
    workflow!(
        onboarding,
        "mail by plan, a bill with retries, two systems at once",
        json!({"userId": "u-1"}),
        || {
            let busy = || Err(asl_local::TaskError::new("BillingRateLimitError", "slow down"));
            Mocks::new()
                .on("FetchUser", succeeds(json!({"id": "u-1", "email": "ann@example.com", "plan": "pro"})))
                .on("SendProEmail", succeeds(json!(null)))
                .on("SendBasicEmail", succeeds(json!(null)))
                .on(
                    "RunBilling",
                    outcomes([busy(), busy(), Ok(json!({"receiptId": "r-7", "amountCents": 4_900}))]),
                )
                .on("NotifySlack", succeeds(json!(null)))
                .on("UpdateDashboard", succeeds(json!(null)))
        }
    )
}

#[cfg(test)]
mod tests {
    use asl_local::block_on;
    use asl_local::mocks::fails;
    use asl_local::native::Local;

    use super::*;

    fn ann() -> Signup {
        Signup { user_id: "u-1".to_owned() }
    }

    #[test]
    fn billing_is_tried_again_until_it_has_time() {
        let local = Local::new((example().mocks)());
        let receipt = block_on(onboarding(&local.ctx(), ann())).unwrap();
        assert_eq!(receipt, Receipt { receipt_id: "r-7".to_owned(), amount_cents: 4_900 });
        assert_eq!(local.elapsed(), secs(60 + 120));
        assert_eq!(local.states()[1..5], ["SendProEmail", "RunBilling", "RunBilling", "RunBilling"]);
    }

    #[test]
    fn a_user_who_is_not_there_gets_no_mail() {
        let mocks = Mocks::new().on("FetchUser", fails("NoSuchUser", "u-1"));
        let local = Local::new(mocks);
        let error = block_on(onboarding(&local.ctx(), ann())).unwrap_err();
        assert_eq!(error, BillingError::Other(Failure::new("NoSuchUser", "u-1")));
        assert_eq!(local.states(), ["FetchUser"]);
    }
}
