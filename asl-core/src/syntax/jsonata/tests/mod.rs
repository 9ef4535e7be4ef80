mod forms;
mod faults;
mod properties;
mod limits;

use super::{Child, Expression, Kind};

/// The tree in round brackets: each kind with its parts.
fn tree(expression: &Expression) -> String {
    tree_of(expression, |expression| expression)
}

/// The tree of what `look` takes each part for.
fn tree_of(expression: &Expression, look: fn(&Expression) -> &Expression) -> String {
    let expression = look(expression);
    let parts: Vec<_> =
        expression.children().map(|Child { expression, .. }| tree_of(expression, look)).collect();
    let head = match &expression.kind {
        Kind::String(text) => return format!("{text:?}"),
        Kind::Number(number) => return number.to_string(),
        Kind::Boolean(value) => return value.to_string(),
        Kind::Null => return "null".into(),
        Kind::Regex(regex) => return regex.to_string(),
        Kind::Name(name) => return name.clone(),
        Kind::Variable(name) => return format!("${name}"),
        Kind::Context => return "$".into(),
        Kind::Root => return "$$".into(),
        Kind::Wildcard => return "*".into(),
        Kind::Descendants => return "**".into(),
        Kind::Parent => return "%".into(),
        Kind::Invalid => return "!".into(),
        Kind::Path(_) => "path".into(),
        Kind::Filter { .. } => "filter".into(),
        Kind::KeepArray(_) => "keep".into(),
        Kind::Sort { terms, .. } => {
            let order = terms.iter().map(|term| if term.descending { '>' } else { '<' });
            format!("sort{}", order.collect::<String>())
        }
        Kind::GroupBy { .. } => "group".into(),
        Kind::Focus { variable, .. } => format!("@{variable}"),
        Kind::Index { variable, .. } => format!("#{variable}"),
        Kind::Array(_) => "array".into(),
        Kind::Object(_) => "object".into(),
        Kind::Block(_) => "block".into(),
        Kind::Bind { variable, .. } => format!(":= {variable}"),
        Kind::Lambda { parameters, signature, .. } => {
            let parameters: Vec<_> = parameters.iter().map(ToString::to_string).collect();
            let signature = signature.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("λ{signature} [{}]", parameters.join(" "))
        }
        Kind::Call { arguments, .. } if arguments.len() > parts.len() - 1 => "partial".into(),
        Kind::Call { .. } => "call".into(),
        Kind::Negate(_) => "-".into(),
        Kind::Binary { operator, .. } => operator.symbol().into(),
        Kind::Condition { .. } => "?".into(),
        Kind::Default { .. } => "?:".into(),
        Kind::Coalesce { .. } => "??".into(),
        Kind::Transform { .. } => "transform".into(),
    };
    let words: Vec<_> = std::iter::once(head).chain(parts).collect();
    format!("({})", words.join(" "))
}
