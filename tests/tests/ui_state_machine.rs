//! What rustc says about mistakes in functions with `#[state_machine]`: one mistake a file, named for it.
//!
//! The `.stderr` files belong to one release of Rust, as each words and draws errors in its own way; another one
//! skips them. Accept a change with `TRYBUILD=overwrite`, and read it.

use std::process::Command;

/// The release that wrote the `.stderr` files.
const RELEASE: &str = "rustc 1.95.";

#[test]
fn every_mistake_is_reported_in_the_users_words() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    if !version.starts_with(RELEASE) {
        eprintln!("skipped: the expected messages are those of {RELEASE}, this is {version}");
        return;
    }
    trybuild::TestCases::new().compile_fail("ui/state_machine/*.rs");
}
