//! One file a command.

pub(crate) mod check;
pub(crate) mod mend;
pub(crate) mod fmt;
pub(crate) mod graph;
pub(crate) mod machine;
pub(crate) mod argument;
pub(crate) mod run;
pub(crate) mod test_state;
pub(crate) mod explain;
