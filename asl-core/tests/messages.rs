//! What people read: the findings of each rule in the wrong examples of its page.
//!
//! Read a changed snapshot aloud before accepting it.

mod page;

use std::fmt::Write;

use asl_core::validate::RULES;

use page::{examples, findings, section};

#[test]
fn the_messages_of_each_rule_are_as_reviewed() {
    for rule in RULES {
        let mut text = String::new();
        for example in examples(section(rule, "Wrong")) {
            for finding in findings(rule, &example) {
                writeln!(text, "{finding}").unwrap();
            }
            text.push('\n');
        }
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{}_{}", rule.code, rule.name.replace('-', "_")), text);
        });
    }
}
