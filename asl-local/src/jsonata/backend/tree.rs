//! A walk over the tree of an expression that may change it.

use jsonata_core::ast::{AstNode, PathStep, Stage};

/// How a part stands in the part around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A value on its own: an argument, a branch, what is bound, what a block or a function gives.
    Value,
    /// A part of something that looks at its form too: a step of a path, an element, an operand.
    Part,
}

/// What is known of a part's place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) role: Role,
    /// Whether it may be evaluated more than once.
    pub(super) repeats: bool,
}

/// Calls `visit` for each part that is directly inside a node, with its place.
pub(super) fn each_part(node: &mut AstNode, visit: &mut dyn FnMut(&mut AstNode, Place)) {
    let value = Place { role: Role::Value, repeats: false };
    let part = Place { role: Role::Part, repeats: false };
    let repeated = Place { role: Role::Part, repeats: true };
    match node {
        AstNode::String(_)
        | AstNode::Name(_)
        | AstNode::Number(_)
        | AstNode::Boolean(_)
        | AstNode::Null
        | AstNode::Undefined
        | AstNode::Placeholder
        | AstNode::Regex { .. }
        | AstNode::Variable(_)
        | AstNode::ParentVariable(_)
        | AstNode::Wildcard
        | AstNode::Descendant
        | AstNode::Parent(_) => {}
        AstNode::Path { steps } => {
            for (index, PathStep { node, stages, .. }) in steps.iter_mut().enumerate() {
                visit(node, if index == 0 { part } else { repeated });
                for stage in stages {
                    if let Stage::Filter(predicate) = stage {
                        visit(predicate, repeated);
                    }
                }
            }
        }
        AstNode::Binary { lhs, rhs, .. } => {
            visit(lhs, part);
            visit(rhs, part);
        }
        AstNode::Unary { operand, .. } => visit(operand, part),
        AstNode::Function { args, .. } => each_of(args, value, visit),
        AstNode::Call { procedure, args } => {
            visit(procedure, part);
            each_of(args, value, visit);
        }
        AstNode::Lambda { body, .. } => visit(body, Place { repeats: true, ..value }),
        AstNode::Array(elements) => each_of(elements, part, visit),
        AstNode::ArrayGroup(elements) => each_of(elements, repeated, visit),
        AstNode::Object(fields) => each_field(fields, value, visit),
        AstNode::ObjectTransform { input, pattern } => {
            visit(input, part);
            each_field(pattern, Place { repeats: true, ..value }, visit);
        }
        AstNode::Block(expressions) => {
            each_of(expressions, value, visit);
        }
        AstNode::Conditional { condition, then_branch, else_branch } => {
            visit(condition, part);
            visit(then_branch, value);
            if let Some(branch) = else_branch {
                visit(branch, value);
            }
        }
        AstNode::FunctionApplication(inner) => visit(inner, repeated),
        AstNode::Sort { input, terms } => {
            visit(input, part);
            for (term, _) in terms {
                visit(term, repeated);
            }
        }
        AstNode::Transform { location, update, delete } => {
            visit(location, repeated);
            visit(update, repeated);
            if let Some(delete) = delete {
                visit(delete, repeated);
            }
        }
    }
}

fn each_of(parts: &mut [AstNode], place: Place, visit: &mut dyn FnMut(&mut AstNode, Place)) {
    for part in parts {
        visit(part, place);
    }
}

fn each_field(fields: &mut [(AstNode, AstNode)], place: Place, visit: &mut dyn FnMut(&mut AstNode, Place)) {
    for (name, value) in fields {
        visit(name, Place { role: Role::Part, ..place });
        visit(value, place);
    }
}

/// Whether a node or a part of it has a property.
pub(super) fn any(node: &mut AstNode, is_wanted: &mut dyn FnMut(&AstNode) -> bool) -> bool {
    if is_wanted(node) {
        return true;
    }
    super::with_stack(|| {
        let mut found = false;
        each_part(node, &mut |part, _| found = found || any(part, is_wanted));
        found
    })
}
