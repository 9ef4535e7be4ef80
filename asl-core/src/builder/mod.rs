//! Builders: state machines in Rust calls, literal and typed.
//!
//! Use them through [`jsonpath`](crate::jsonpath) and [`jsonata`](crate::jsonata), which fix the language. A
//! constructor takes what a state cannot be without; every other field is set by the method that is named for it, in
//! snake case. A field that the builder's language does not have does not compile. Names of states are strings, and
//! [`StateMachine::validate`] checks them together.
//!
//! ```
//! use asl_core::jsonpath::{
//!     Branch, Catcher, Choice, Fail, Parallel, Retrier, StateMachine, Task, end, next, secs, var,
//! };
//!
//! let machine = StateMachine::builder("FetchUser")
//!     .comment("welcome a user, bill, and tell everyone")
//!     .state("FetchUser", Task::lambda("${FetchUserArn}", next("ByPlan")).result_path("$.user"))
//!     .state(
//!         "ByPlan",
//!         Choice::new()
//!             .when(var("$.user.plan").eq("pro"), "SendProEmail")
//!             .when(var("$.user.plan").eq("basic"), "SendBasicEmail")
//!             .otherwise("SendDefaultEmail"),
//!     )
//!     .state("SendProEmail", Task::lambda("${SendProEmailArn}", next("RunBilling")).discard_result())
//!     .state("SendBasicEmail", Task::lambda("${SendBasicEmailArn}", next("RunBilling")).discard_result())
//!     .state("SendDefaultEmail", Task::lambda("${SendDefaultEmailArn}", next("RunBilling")).discard_result())
//!     .state(
//!         "RunBilling",
//!         Task::lambda("${RunBillingArn}", next("Notify"))
//!             .retry(Retrier::on("BillingRateLimitError").interval(secs(60)).max_attempts(3))
//!             .catch(Catcher::all("BillingFailed").result_path("$.error")),
//!     )
//!     .state(
//!         "Notify",
//!         Parallel::new(end())
//!             .branch(Branch::single("NotifySlack", Task::lambda("${NotifySlackArn}", end())))
//!             .branch(Branch::single("UpdateDashboard", Task::lambda("${UpdateDashboardArn}", end()))),
//!     )
//!     .state("BillingFailed", Fail::new().error("BillingFailed").cause_path("$.error.Cause"))
//!     .validate()?;
//!
//! assert!(machine.warnings().is_empty());
//! assert_eq!(machine.states.as_ref().map(|states| states.len()), Some(8));
//! assert_eq!(
//!     serde_json::json!(machine)["States"]["ByPlan"]["Choices"][0],
//!     serde_json::json!({"Variable": "$.user.plan", "StringEquals": "pro", "Next": "SendProEmail"}),
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Builders of states serialize as the state alone, as it stands in a machine of its language; converted
//! [`Into`] a [`State`](crate::model::State) they carry their `QueryLanguage`.

mod state_machine;
mod state;
mod scope;
mod rule;
mod condition;
mod operand;
mod retrier;
mod catcher;
mod error_name;
mod item_reader;
mod item_batcher;
mod result_writer;
pub mod integration;
mod payload;
mod expression;
pub mod intrinsic;
mod value;
mod duration;
mod transition;
mod language;
mod setters;

pub use catcher::Catcher;
pub use condition::{Condition, Variable, all, any, not, var};
pub use duration::{IntoSeconds, IntoStaticSeconds, days, hours, minutes, secs};
pub use error_name::{ErrorName, IntoErrorNames};
pub use expression::{Expression, context, jsonata, jsonata_task_token, path, task_token, variable};
pub use item_batcher::ItemBatcher;
pub use item_reader::ItemReader;
pub use language::{IsJsonPath, IsJsonata, JsonPath, Jsonata, Language, StateOf};
pub use operand::{
    BooleanAt, NumberAt, Operand, OrderedOperand, StringAt, TimestampAt, TimestampLiteral, boolean_at,
    number_at, string_at, timestamp, timestamp_at,
};
#[doc(hidden)]
pub use payload::PayloadValue;
pub use payload::{IntoPayload, IntoTemplate, Payload, payload, template};
pub use result_writer::ResultWriter;
pub use retrier::Retrier;
pub use rule::{IntoCondition, Rule};
pub use scope::{Branch, ItemProcessor};
pub use state::{Choice, Fail, Map, Parallel, Pass, Plain, Succeed, Task, Wait};
pub use state_machine::StateMachine;
pub use transition::{IntoTransition, end, next};
pub use value::{IntoPathOrNull, IntoStatic, IntoValue, Placeholder, placeholder};
