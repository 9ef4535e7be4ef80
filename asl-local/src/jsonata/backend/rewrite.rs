//! What is changed in an expression before it is evaluated, so that it does what the service does.

use jsonata_core::ast::AstNode;

use super::tree::each_part;
use super::with_stack;

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
        // without an argument it is about the context, which a function of ours is not shown
        "encodeUrl" | "encodeUrlComponent" if args.is_empty() => args.push(AstNode::Variable(String::new())),
        _ => {}
    }
}

/// A call of a function.
pub(super) fn call(name: &str, args: Vec<AstNode>) -> AstNode {
    AstNode::Function { name: name.to_owned(), args, is_builtin: true }
}
