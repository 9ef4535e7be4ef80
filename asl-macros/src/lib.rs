//! State machines in Rust syntax, checked when they are compiled.
//!
//! [`asl!`] is the [Amazon States Language](https://states-language.net) as Rust tokens, and
//! [`include_asl!`] takes a definition file. Both ask the one validator of `asl-core` at expansion, so that a misspelt
//! `Next` is a compile error at that very word, with "did you mean". [`try_asl!`] gives the findings about
//! interpolated values as a `Result`; [`asl_json!`] and [`include_asl_json!`] give the JSON as a constant.
//!
//! A workflow of five steps: fetch a user, send the mail of the user's plan, bill with retries, and tell two systems
//! about it at the same time.
//!
//! ```
//! use asl_macros::asl;
//!
//! let fetch_user_arn = "arn:aws:lambda:ap-northeast-2:123456789012:function:fetch-user";
//!
//! let machine = asl! {
//!     StartAt: FetchUser,
//!     States: {
//!         FetchUser: Task { Resource: #(fetch_user_arn), ResultPath: $.user, Next: ByPlan },
//!         ByPlan: Choice {
//!             $.user.plan == "pro"   => SendProEmail,
//!             $.user.plan == "basic" => SendBasicEmail,
//!             _                      => SendDefaultEmail,
//!         },
//!         SendProEmail:     Task { Resource: "${SendProEmailArn}",     ResultPath: null, Next: RunBilling },
//!         SendBasicEmail:   Task { Resource: "${SendBasicEmailArn}",   ResultPath: null, Next: RunBilling },
//!         SendDefaultEmail: Task { Resource: "${SendDefaultEmailArn}", ResultPath: null, Next: RunBilling },
//!         RunBilling: Task {
//!             Resource: "${RunBillingArn}",
//!             Retry: [{ ErrorEquals: ["BillingRateLimitError"], IntervalSeconds: 60, MaxAttempts: 3 }],
//!             Catch: [{ ErrorEquals: [States.ALL], ResultPath: $.error, Next: BillingFailed }],
//!             ResultPath: $.receipt,
//!             Next: TellOthers,
//!         },
//!         TellOthers: Parallel {
//!             Branches: [
//!                 {
//!                     StartAt: NotifySlack,
//!                     States: { NotifySlack: Task { Resource: "${NotifySlackArn}", End: true } },
//!                 },
//!                 {
//!                     StartAt: UpdateDashboard,
//!                     States: {
//!                         UpdateDashboard: Task {
//!                             Resource: "arn:aws:states:::dynamodb:putItem",
//!                             Parameters: {
//!                                 TableName: "dashboard",
//!                                 Item: { id: { S: $.user.id }, text: { S: States.Format("Hello {}", $.user.name) } },
//!                             },
//!                             End: true,
//!                         },
//!                     },
//!                 },
//!             ],
//!             End: true,
//!         },
//!         BillingFailed: Fail { Error: "BillingFailed", CausePath: $.error.Cause },
//!     },
//! };
//!
//! assert_eq!(machine.start_at.as_deref(), Some("FetchUser"));
//! assert!(machine.to_json().contains(r#""S.$":"$.user.id""#));
//! assert!(machine.to_json().contains(fetch_user_arn));
//! ```
//!
//! # Syntax
//!
//! JSON is valid: a definition can be pasted. Shorter, and with errors at the word:
//!
//! | written | in JSON |
//! | --- | --- |
//! | `Fetch: Task { … }` | `"Fetch": { "Type": "Task", … }` |
//! | `Next: ByPlan`, `Next: "By plan"` | `"Next": "ByPlan"`, `"Next": "By plan"` |
//! | `QueryLanguage: JSONata`, `ErrorEquals: [States.ALL]` | the same in quotes |
//! | `ResultPath: $.user`, `$$.Execution.Id`, `$order.id`, `$.items[*]`, `$.detail-type` | the same in quotes |
//! | `ItemsPath: $["my items"]` | `"$['my items']"` |
//! | `Parameters: { id: $.user.id }` | `"Parameters": { "id.$": "$.user.id" }` |
//! | `text: States.Format("Hello {}", $.name)` | `"text.$": "States.Format('Hello {}', $.name)"` |
//! | `Output: "{% $states.input.n + 1 %}"`, `r#"{% … %}"#` | the same |
//! | `Resource: "${FetchUserArn}"` | the same: deployment tools replace it |
//! | `Resource: #(arn)`, `Retry: [#(patient)]` | the value of the Rust expression, which is [`Into`]`<serde_json::Value>`, as the builders of `asl-core` are |
//!
//! What Rust tokens cannot spell (`$.store\.book`) is written as a string. In a template a *string* stays as it is,
//! so there its key needs its `.$`: `"id.$": "$.store\\.book"`. A string argument of an intrinsic function is its text: quotes, braces and
//! backslashes in it are escaped as ASL wants it, and only the `{}` of `States.Format` are left.
//!
//! ## Arms of a Choice
//!
//! | condition | rule |
//! | --- | --- |
//! | `$.a == "x"`, `$.a < 5`, `$.a == true`, `$.a >= timestamp("2026-01-01T00:00:00Z")` | `StringEquals`, `NumericLessThan`, `BooleanEquals`, `TimestampGreaterThanEquals` |
//! | `$.a != "x"` | `Not` around `StringEquals` |
//! | `$.a == string($.b)`, `number($.b)`, `boolean($.b)`, `timestamp($.b)` | `StringEqualsPath`, … |
//! | `matches($.a, "log-*")` | `StringMatches` |
//! | `is_null($.a)`, `is_present`, `is_numeric`, `is_string`, `is_boolean`, `is_timestamp` | `IsNull: true`, … |
//! | `a && b`, `a \|\| b`, `!a`, `(a)` | `And`, `Or`, `Not` |
//! | `"{% $states.input.n > 3 %}"` | `Condition` |
//! | `_ => Other` | `Default` |
//!
//! `condition => { Next: Charge, Assign: { total: $.total } }` gives the rule more fields; behind `_` they are those
//! of the state. Fields and arms may stand in any order; arms are tried from the top.
//!
//! # Messages
//!
//! An error begins with the rule's code, as in `[ASL0301] there is no state`; `asl explain ASL0301` has its page.
//! What is likely not meant is a warning; stable Rust lets a macro warn only through something deprecated, hence
//! rustc's words "use of deprecated constant `state_machine_warning`" before it.

mod expand;
mod parse;
mod lower;
mod check;
mod emit;
mod include;
mod derive;
mod signature;
mod start;
mod staged;
mod state_machine;
mod errors;
mod task;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

use emit::Form;

/// A state machine as Rust tokens: a `Valid<StateMachine>` of `asl-core`.
///
/// The [crate documentation](crate) has the syntax. The machine is validated at expansion, as a Standard workflow or,
/// with `#![express]` at the top, as an Express workflow.
///
/// ```
/// use asl_macros::asl;
///
/// let machine = asl! {
///     QueryLanguage: JSONata,
///     StartAt: CheckStock,
///     States: {
///         CheckStock: Choice {
///             "{% $states.input.stock > 0 %}" => Ship,
///             _ => { Next: Reorder, Assign: { missing: "{% $states.input.item %}" } },
///         },
///         Ship: Succeed {},
///         Reorder: Task { Resource: "${ReorderArn}", Arguments: { item: "{% $missing %}" }, End: true },
///     },
/// };
/// assert_eq!(
///     machine.to_json(),
///     concat!(
///         r#"{"QueryLanguage":"JSONata","StartAt":"CheckStock","States":{"#,
///         r#""CheckStock":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.stock > 0 %}","Next":"Ship"}],"#,
///         r#""Default":"Reorder","Assign":{"missing":"{% $states.input.item %}"}},"#,
///         r#""Ship":{"Type":"Succeed"},"#,
///         r#""Reorder":{"Type":"Task","Resource":"${ReorderArn}","Arguments":{"item":"{% $missing %}"},"End":true}}}"#,
///     )
/// );
/// ```
///
/// Builders of `asl-core` are values too, where several states share one:
///
/// ```
/// use asl_core::jsonpath::{Catcher, Retrier, Task, next, secs};
/// use asl_macros::asl;
///
/// let patient = Retrier::on("Busy").interval(secs(5));
/// let machine = asl! {
///     StartAt: Fetch,
///     States: {
///         Fetch: Task {
///             Resource: "${FetchArn}",
///             Retry: [#(patient.clone()), { ErrorEquals: [States.ALL] }],
///             Catch: [#(Catcher::all("Failed"))],
///             Next: Ship,
///         },
///         Ship: #(Task::lambda("${ShipArn}", next("Done")).retry(patient)),
///         Done: Succeed {},
///         Failed: Fail {},
///     },
/// };
/// assert!(machine.to_json().contains(r#""Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":5},{"#));
/// ```
///
/// A mistake does not compile:
///
/// ```compile_fail
/// asl_macros::asl! {
///     StartAt: Ship,
///     States: { Ship: Pass { Next: Bil }, Bill: Succeed {} }, // there is no state `Bil`; did you mean `Bill`?
/// };
/// ```
///
/// # Panics
///
/// If a value of `#(expression)` makes the machine invalid, with all findings: such a value is known only when the
/// program runs, and the whole is validated again with it. [`try_asl!`] returns them instead. Without interpolation
/// it does not panic.
///
/// ```should_panic
/// let timeout = -5;
/// asl_macros::asl! {
///     StartAt: Fetch,
///     States: { Fetch: Task { Resource: "${FetchArn}", TimeoutSeconds: #(timeout.to_string()), End: true } },
/// };
/// ```
#[proc_macro]
pub fn asl(body: TokenStream) -> TokenStream {
    expand::definition(Form::Machine, body.into()).into()
}

/// Like [`asl!`], but evaluates to `Validation`, that is `Result<Valid<StateMachine>, Box<Invalid<StateMachine>>>`.
///
/// What the tokens alone say wrongly is a compile error here too; the `Result` is about interpolated values.
///
/// ```
/// use asl_macros::try_asl;
///
/// # fn machine(after: &str) -> Result<asl_core::Valid<asl_core::model::StateMachine>, Box<dyn std::error::Error>> {
/// let machine = try_asl! {
///     StartAt: Begin,
///     States: { Begin: Pass { Next: #(after) }, Done: Succeed {} },
/// }?;
/// # Ok(machine)
/// # }
/// assert!(machine("Done").is_ok());
/// assert!(machine("Dnoe").unwrap_err().to_string().contains("there is no state `Dnoe`"));
/// ```
#[proc_macro]
pub fn try_asl(body: TokenStream) -> TokenStream {
    expand::definition(Form::Result, body.into()).into()
}

/// The JSON of a state machine: a `&'static str` constant, without white space, in canonical order.
///
/// The syntax is that of [`asl!`], without interpolation.
///
/// ```
/// const DEFINITION: &str = asl_macros::asl_json! {
///     StartAt: Wait,
///     States: { Wait: Wait { Seconds: 30, Next: Done }, Done: Succeed {} },
/// };
/// assert_eq!(
///     DEFINITION,
///     r#"{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":30,"Next":"Done"},"Done":{"Type":"Succeed"}}}"#
/// );
/// ```
#[proc_macro]
pub fn asl_json(body: TokenStream) -> TokenStream {
    expand::definition(Form::Json, body.into()).into()
}

/// A definition file as a `Valid<StateMachine>`, checked when the crate is compiled, and again when the file changes.
///
/// The path is relative to the source file, as that of [`include_str!`]; if nothing is there, to the crate's
/// `Cargo.toml`. All that is wrong in the file is reported at once, with line and column.
///
/// ```
/// let machine = asl_macros::include_asl!("tests/definitions/hello.asl.json");
/// assert_eq!(machine.start_at.as_deref(), Some("SayHello"));
///
/// let machine = asl_macros::include_asl!("tests/definitions/hello.asl.json", express);
/// assert_eq!(machine.workflow_type(), asl_core::model::WorkflowType::Express);
/// ```
#[proc_macro]
pub fn include_asl(arguments: TokenStream) -> TokenStream {
    expand::file(Form::Machine, arguments.into()).into()
}

/// The JSON of a definition file, checked like [`include_asl!`]: a `&'static str` constant, without white space.
///
/// ```
/// const HELLO: &str = asl_macros::include_asl_json!("tests/definitions/hello.asl.json");
/// assert!(HELLO.starts_with(r#"{"Comment":"first state machine","StartAt":"SayHello","States":"#));
/// ```
#[proc_macro]
pub fn include_asl_json(arguments: TokenStream) -> TokenStream {
    expand::file(Form::Json, arguments.into()).into()
}

/// Makes a type data of a workflow: `asl_core::expr::AslData`.
///
/// Names and shapes are those that serde reads and writes, as its attributes say: `rename`, `rename_all`,
/// `rename_all_fields`, `default`, `skip`, `skip_serializing_if`, `flatten`, `transparent`, and every representation
/// of an enum. What a workflow cannot follow, such as `serialize_with`, is an error at the attribute.
///
/// ```
/// use asl_core::expr::{AslData as _, Expr, constant, eq, variable};
/// use asl_macros::AslData;
///
/// #[derive(serde::Serialize, serde::Deserialize, AslData)]
/// #[serde(rename_all = "camelCase")]
/// struct User {
///     user_id: String,
///     plan: Plan,
/// }
///
/// #[derive(PartialEq, serde::Serialize, serde::Deserialize, AslData)]
/// #[serde(rename_all = "lowercase")]
/// enum Plan {
///     Pro,
///     Basic,
/// }
///
/// let user: Expr<User> = variable("user");
/// assert_eq!(user.user_id.to_jsonata(), "$user.userId");
/// assert_eq!(eq(user.plan.clone(), constant(Plan::Pro)).to_jsonata(), "$user.plan = 'pro'");
/// ```
#[proc_macro_derive(AslData, attributes(serde))]
pub fn derive_asl_data(input: TokenStream) -> TokenStream {
    derive::asl_data(input.into()).into()
}

/// Makes an enum the errors of a task or a workflow: `asl_core::expr::AslError`.
///
/// A variant is an error name: its own, or that of `#[asl(name = "…")]`. A `String` in it is the cause.
/// `#[asl(timeout)]` is `States.Timeout`, `#[asl(other)]` holds as `Failure` each error that has no variant, and
/// `#[asl(transparent)]` the errors of another such enum.
///
/// ```
/// use asl_core::expr::{AslError as _, Failure};
/// use asl_macros::AslError;
///
/// #[derive(Debug, PartialEq, AslError)]
/// enum BillingError {
///     #[asl(name = "BillingRateLimitError")]
///     RateLimit,
///     Declined(String),
///     #[asl(timeout)]
///     Late,
///     #[asl(other)]
///     Other(Failure),
/// }
///
/// assert_eq!(BillingError::Declined("no funds".into()).into_failure(), Failure::new("Declined", "no funds"));
/// assert_eq!(BillingError::from(Failure::new("States.Timeout", "")), BillingError::Late);
/// assert_eq!(BillingError::from(Failure::new("Boom", "x")), BillingError::Other(Failure::new("Boom", "x")));
/// ```
///
/// In a workflow, too, `error.into_failure()` is what the `#[asl(other)]` variant of another type takes.
#[proc_macro_derive(AslError, attributes(asl))]
pub fn derive_asl_error(input: TokenStream) -> TokenStream {
    derive::asl_error(input.into()).into()
}

/// Makes a pure function usable in the expressions of a workflow.
///
/// The function stays as it is. Its body is `let`, `if`, `match`, operators, methods, `format!`, `vec!`, `matches!`,
/// `json!` and calls of other such functions; it becomes one JSONata expression, and no state. What has no counterpart is
/// an error at the token, such as a method (write a function of the value) and, in `format!`, `{:.2}`, `{:?}` and
/// `{:^8}`, which JSONata writes otherwise; it has `{}`, `{:>8}`, `{:-<8}` and `{:02}`.
///
/// In JSON there is one `None`: null. So `Some(None)`, which a map of options gives for a key that is there, and
/// `Some(Value::Null)` are `None` in an expression.
///
/// ```
/// use asl_core::expr::{Expr, variable};
/// use asl_macros::expr_fn;
///
/// #[expr_fn]
/// fn fee(cents: u64, express: bool) -> u64 {
///     let base = cents / 100;
///     if express { base + 500 } else { base }
/// }
///
/// assert_eq!(fee(2_000, true), 520);
/// // what a workflow makes of it
/// let staged = fee::staged(variable("cents"), variable("express"));
/// assert_eq!(staged.to_jsonata(), "($_base := $floor($cents / 100); $express ? $_base + 500 : $_base)");
/// ```
#[proc_macro_attribute]
pub fn expr_fn(arguments: TokenStream, function: TokenStream) -> TokenStream {
    staged::expr_fn(arguments.into(), &function.into()).into()
}

/// A task that workflow functions call: the declaration of an `async fn`, without a body.
///
/// The first parameter is the handle, `ctx: &Ctx`; the others are what the task is given. The function gives a `Result`
/// of what comes back and of an error type (`Failure`, or an enum). Called, it makes an `asl_core::ctx::Call`, which takes
/// retries, timeouts and compensations, and runs when it is awaited.
///
/// ```
/// use asl_core::ctx::{Ctx, Failure, Retry};
/// use asl_macros::{AslData, task};
///
/// #[derive(serde::Serialize, serde::Deserialize, AslData)]
/// struct User {
///     name: String,
/// }
///
/// #[task(lambda = "${FetchUserArn}")]
/// async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<User, Failure>;
///
/// async fn greeting(ctx: &Ctx, user_id: &str) -> Result<String, Failure> {
///     let user = fetch_user(ctx, user_id).retry(Retry::LAMBDA).await?;
///     Ok(format!("Hello {}", user.name))
/// }
/// ```
///
/// # What is called
///
/// | written | `Resource` | what is sent |
/// | --- | --- | --- |
/// | `lambda = "arn"` | the ARN | an object of the parameters |
/// | `lambda_invoke = "function"` | `lambda:invoke` | the object as `Payload`; the result is its `Payload` |
/// | `activity = "arn"` | the ARN | the object |
/// | `sqs = "queue URL"` | `sqs:sendMessage` | the object as `MessageBody` |
/// | `sns = "topic ARN"` | `sns:publish` | the object as `Message` |
/// | `events = "bus", source = "…", detail_type = "…"` | `events:putEvents` | the object as `Detail` of one entry |
/// | `state_machine = "arn"` | `states:startExecution` | the object as `Input`; with `sync`, the result is its `Output` |
/// | `http = "url", method = "…", connection = "arn"` | `http:invoke` | the object as `RequestBody`, of GET and HEAD as `QueryParameters`; the result is `ResponseBody` |
/// | `dynamodb::put_item(table = "…")` | `dynamodb:putItem` | the parameters as attributes of `Item`; `get_item` and `delete_item` as `Key` |
/// | `athena::start_query_execution(work_group = "…")` | `athena:startQueryExecution` | the parameters and those in parentheses in PascalCase |
/// | `aws_sdk::s3::get_object` | `aws-sdk:s3:getObject` | the same |
/// | `resource = "arn"` | the ARN | PascalCase for an action, else the object |
///
/// A placeholder such as `${FetchUserArn}` may stand for what the deployment knows.
///
/// # More words
///
/// - `wait_for_task_token`: the task ends when someone answers its token, which is sent as `token` in the object.
/// - `sync`: the task ends with the job that it starts; of a state machine, `.sync:2`.
/// - `payload = { "id": order_id, "total": { "N": text(total) }, "token": token }`: what is sent instead of the object;
///   of an action, all arguments. It is JSON with parameters by name, the task token as `token`, and `text(…)` for a
///   number as text. `#[payload]` before the only parameter sends it as it is.
/// - `result = Payload`, `result = { state: QueryExecution.Status.State }`: what is taken of the result.
/// - `name = "Fetch user"`: the state's name instead of `FetchUser`.
///
/// A function that gives `Result<(), E>` takes nothing of the result.
///
/// Actions, their ways to wait and their parameters are checked against the catalogue of `asl-core`:
///
/// ```compile_fail
/// # use asl_core::ctx::{Ctx, Failure};
/// #[asl_macros::task(dynamodb::put_itm(table = "orders"))] // did you mean `put_item`?
/// async fn record(ctx: &Ctx, order_id: &str) -> Result<(), Failure>;
/// ```
#[proc_macro_attribute]
pub fn task(arguments: TokenStream, item: TokenStream) -> TokenStream {
    task::expand(arguments.into(), &item.into()).into()
}

#[doc = include_str!("state_machine/guide.md")]
#[proc_macro_attribute]
pub fn state_machine(arguments: TokenStream, item: TokenStream) -> TokenStream {
    state_machine::expand(arguments.into(), &item.into()).into()
}
