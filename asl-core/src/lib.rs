//! The Amazon States Language: all that can be said of a state machine without running it.
//!
//! A machine comes from the builders of [`jsonpath`] and [`jsonata`], from a file through [`decode()`], or from the
//! macros of the crate `asl-macros`: tokens that spell it out, or an `async fn` that takes a [`ctx::Ctx`], whose
//! expressions [`expr`] and whose control flow [`flow`] turn into states. Whatever its origin it is one [`model::StateMachine`], which
//! [`validate`](model::StateMachine::validate) turns into [`Valid`], or into [`Invalid`] with everything that is wrong.
//! From there it goes to JSON, to definition files ([`emit`]) and to pictures ([`render`]).
//!
//! ```
//! use asl_core::jsonpath::{Choice, Retrier, StateMachine, Succeed, Task, next, secs, var};
//!
//! let machine = StateMachine::builder("Charge")
//!     .state("Charge", Task::lambda("${ChargeArn}", next("Charged?"))
//!         .result_path("$.charge")
//!         .retry(Retrier::on("RateLimitError").interval(secs(60)).max_attempts(3)))
//!     .state("Charged?", Choice::new()
//!         .when(var("$.charge.status").eq("PENDING"), "Charge")
//!         .otherwise("Done"))
//!     .state("Done", Succeed::new())
//!     .validate()?;
//!
//! assert!(machine.to_json().starts_with(r#"{"StartAt":"Charge","States":{"Charge":{"Type":"Task""#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is wrong says where, and what to do:
//!
//! ```
//! # use asl_core::jsonpath::{StateMachine, Succeed, Task, next};
//! let invalid = StateMachine::builder("Charge")
//!     .state("Charge", Task::lambda("${ChargeArn}", next("Dome")))
//!     .state("Done", Succeed::new())
//!     .validate()
//!     .unwrap_err();
//! assert_eq!(
//!     invalid.findings[0].to_string(),
//!     "error[ASL0301] at /States/Charge/Next: there is no state `Dome` (help: did you mean `Done`?)",
//! );
//! ```

pub mod syntax;
pub mod diagnostic;
pub mod model;
pub mod decode;
pub mod encode;
pub mod validate;
pub mod builder;
pub mod jsonpath;
pub mod jsonata;
pub mod render;
pub mod emit;
pub mod flow;
pub mod expr;
pub mod ctx;
#[doc(hidden)]
pub mod stage;
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use decode::decode;
pub use validate::{Invalid, Valid, Validation};
