//! One file a command.

pub(crate) mod check;
pub(crate) mod mend;
pub(crate) mod fmt;
pub(crate) mod graph;
pub(crate) mod explain;
