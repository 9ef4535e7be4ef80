//! What is changed in an expression before it is evaluated, so that it does what the service does.

use jsonata_core::ast::AstNode;

use super::functions::{PICTURE, STAMP, Special};
use super::tree::each_part;
use super::{timestamp, with_stack};

/// Gives calls the arguments that a function of ours cannot find for itself.
pub(super) fn rewrite(node: &mut AstNode) {
    with_stack(|| each_part(node, &mut |part, _| rewrite(part)));
    let AstNode::Function { name, args, .. } = node else { return };
    match name.as_str() {
        // a picture is for `$fromMillis`, which knows what to do with it
        "now" if !args.is_empty() => {
            "fromMillis".clone_into(name);
            args.insert(0, call("millis", Vec::new()));
        }
        // what the picture leaves out is that of now, for which the evaluator would ask the computer's clock
        "toMillis" if args.len() == 2 && !is_whole(&args[1]) => {
            let picture = args.remove(1);
            let text = std::mem::replace(&mut args[0], AstNode::Undefined);
            args[0] = call(STAMP, vec![text, picture.clone()]);
            args.push(call(PICTURE, vec![picture]));
        }
        // without an argument it is about the context, which a function of ours is not shown
        "encodeUrl" | "encodeUrlComponent" if args.is_empty() => args.push(AstNode::Variable(String::new())),
        // whoever is given a function looks how many arguments it takes, which cannot be seen of one of ours
        "map" | "filter" | "each" | "sift" | "single" | "reduce" | "sort" => {
            if let Some(function) = args.get_mut(1)
                && let AstNode::Variable(name) = function
                && let Some(special) = Special::named(name)
            {
                *function = wrapped(name, special.arity());
            }
        }
        _ => {}
    }
}

/// Whether a picture is written out, and leaves out nothing.
fn is_whole(picture: &AstNode) -> bool {
    matches!(picture, AstNode::String(picture) if !timestamp::is_partial(picture))
}

/// `function($1, $2){ $name($1, $2) }`
fn wrapped(name: &str, arity: usize) -> AstNode {
    let params: Vec<String> = (1..=arity).map(|number| number.to_string()).collect();
    let args = params.iter().cloned().map(AstNode::Variable).collect();
    AstNode::Lambda { params, body: Box::new(call(name, args)), signature: None, thunk: false }
}

/// A call of a function.
pub(super) fn call(name: &str, args: Vec<AstNode>) -> AstNode {
    AstNode::Function { name: name.to_owned(), args, is_builtin: true }
}
