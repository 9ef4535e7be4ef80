//! The small languages that definitions carry inside JSON strings.
//!
//! Each parser takes a `&str` and gives a typed value or a [`SyntaxError`] with a byte range, and each value
//! prints itself back with `Display`. They know nothing of states: which language a field holds is
//! [`validate`](crate::validate)'s business.
//!
//! No parser panics, whatever its input, and nesting is bounded by [`MAX_DEPTH`].

mod template_value;
pub mod json_path;
mod reference_path;
pub mod intrinsic;
pub mod jsonata;
pub mod resource;
mod arn;
mod timestamp;
mod placeholder;
mod error_name;
mod similar;
mod cursor;
mod excerpt;
mod error;

pub use arn::{Arn, ArnPart};
pub use error::SyntaxError;
pub use error_name::{
    LAMBDA_ERRORS_TO_RETRY, LAMBDA_TRANSIENT_ERRORS, PredefinedErrorName, http_status_code,
};
pub(crate) use excerpt::{excerpt, shortened};
pub use intrinsic::Intrinsic;
pub use json_path::{JsonPath, Root, Segment, Selector, is_variable_name};
pub use jsonata::Jsonata;
pub use placeholder::{Placeholder, contains_placeholder, placeholders};
pub use reference_path::ReferencePath;
pub use resource::Resource;
pub use similar::{closest, closest_alone};
pub use template_value::TemplateValue;
pub use timestamp::Timestamp;

/// How deeply brackets, calls and filters may nest inside one string; JSONata has [its own limit](jsonata::MAX_DEPTH).
///
/// The service publishes no limit; real definitions stay under ten.
pub const MAX_DEPTH: usize = 64;
