//! What people read: the findings of each rule in the wrong examples of its page.
//!
//! Read a changed snapshot aloud before accepting it.

mod judged;
mod page;

use std::fmt::Write;

use asl_core::validate::RULES;

use judged::judged;

#[test]
fn the_messages_of_each_rule_are_as_reviewed() {
    for rule in RULES {
        let mut text = String::new();
        let judged = judged(rule, "Wrong");
        // those about templates are read in the reports of the command
        if judged.is_empty() {
            continue;
        }
        for findings in judged {
            for finding in findings {
                writeln!(text, "{finding}").unwrap();
            }
            text.push('\n');
        }
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{}_{}", rule.code, rule.name.replace('-', "_")), text);
        });
    }
}
