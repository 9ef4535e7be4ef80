//! Findings: what is wrong in a definition, where, and what to do. Data only.
//!
//! Drawing source lines is the work of the command and of the macros; here is what they draw.

mod code;
mod pointer;
mod fix;
mod finding;

pub use code::{Code, Severity};
pub use finding::{Diagnostic, Part};
pub use fix::{Fix, Replacement};
pub use pointer::{Pointer, escape};
