//! What rustc says where a builder is given what its language does not have, or what it cannot take: one case a file.
//!
//! For each builder and language, one file calls every setter that the other language has alone; none compiles.
//! The `.stderr` files belong to one release of Rust, as each words and draws errors in its own way; another one
//! skips them. Accept a change with `TRYBUILD=overwrite`, and read it.

use std::process::Command;

use asl_core::model::{Kind, QueryLanguage};

/// The release that wrote the `.stderr` files.
const RELEASE: &str = "rustc 1.95.";

#[test]
fn what_a_language_does_not_have_does_not_compile() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    if !version.starts_with(RELEASE) {
        eprintln!("skipped: the expected messages are those of {RELEASE}, this is {version}");
        return;
    }
    trybuild::TestCases::new().compile_fail("ui/builder/*.rs");
}

/// Kinds of objects with a builder, and what their cases are named for. A Choice rule is left out: its fields of one
/// language are its condition, and that is one argument.
const BUILDERS: &[(Kind, &str)] = &[
    (Kind::Task, "task"),
    (Kind::Pass, "pass"),
    (Kind::Choice, "choice"),
    (Kind::Wait, "wait"),
    (Kind::Succeed, "succeed"),
    (Kind::Fail, "fail"),
    (Kind::Parallel, "parallel"),
    (Kind::Map, "map"),
    (Kind::Catcher, "catcher"),
    (Kind::ItemReader, "item_reader"),
    (Kind::ReaderConfig, "item_reader"),
    (Kind::ItemBatcher, "item_batcher"),
    (Kind::ResultWriter, "result_writer"),
    (Kind::WriterConfig, "result_writer"),
];

/// `ResultPath` → `result_path`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[test]
fn every_field_of_one_language_is_a_case_of_the_other() {
    for (kind, name) in BUILDERS {
        for field in kind.fields() {
            let Some(language) = field.language else { continue };
            let other = match language {
                QueryLanguage::JsonPath => "jsonata",
                QueryLanguage::Jsonata => "jsonpath",
            };
            let file = format!("{}/ui/builder/{name}_in_{other}.rs", env!("CARGO_MANIFEST_DIR"));
            let case = std::fs::read_to_string(&file).unwrap();
            // a setter, or a constructor of Wait
            let setter = snake_case(field.name);
            let called =
                [format!(".{setter}("), format!("::{setter}(")].iter().any(|call| case.contains(call));
            assert!(called, "{file} does not call `{setter}`");
        }
    }
}
