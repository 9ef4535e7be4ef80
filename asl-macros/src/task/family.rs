//! What each kind of integration makes of the parameters: its resource, its arguments, its result.

use asl_core::syntax::resource::Pattern;
use proc_macro2::Span;
use syn::{Ident, LitStr, Type};

use super::attribute::{Attribute, Target};
use super::signature::Signature;
use super::spelling::{camel, pascal};
use super::tree::{Part, Tree};
use super::value::Value;
use crate::errors::Errors;

/// A task, still to be held against the catalogue.
pub(super) struct Task {
    pub(super) resource: String,
    pub(super) state: String,
    pub(super) arguments: Tree,
    pub(super) result: Part,
    pub(super) has_token: bool,
    pub(super) places: Places,
}

/// Where the parts of the resource stand.
pub(super) struct Places {
    pub(super) family: Family,
    pub(super) service: Span,
    pub(super) action: Span,
    /// Of the flag that says how to wait.
    pub(super) pattern: Option<Span>,
    pub(super) name: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Lambda,
    Activity,
    Resource,
    Action,
    /// A word for an action with a payload of its own, such as `sqs`.
    Wrapped,
}

pub(super) fn resolve(errors: &mut Errors, signature: &Signature, attribute: Attribute) -> Option<Task> {
    let waits = attribute.wait_for_task_token.is_some();
    let pattern = |service: &str| match (waits, attribute.sync.is_some()) {
        (true, _) => Pattern::WaitForTaskToken,
        (_, true) if service == "states" => Pattern::Sync2,
        (_, true) => Pattern::Sync,
        _ => Pattern::RequestResponse,
    };
    let mut payload = Payload { errors, signature, given: attribute.payload, waits };
    let flag = attribute.wait_for_task_token.or(attribute.sync);
    let at = |family, service: Span, action: Span| {
        let name = attribute.name.as_ref().map_or_else(|| signature.name.span(), LitStr::span);
        Places { family, service, action, pattern: flag, name }
    };
    let (resource, arguments, result, places) = match attribute.target {
        Target::Action { path, arguments } => action(&mut payload, &path, arguments, pattern, at)?,
        Target::Named(word, target) => {
            let places = |family| at(family, word.span(), target.span());
            let text = Tree::text(target.value());
            let arn = |call: &str, service: &str| format!("arn:aws:states:::{call}{}", pattern(service));
            let wrapped = places(Family::Wrapped);
            match word.to_string().as_str() {
                "lambda" => (target.value(), payload.inner(), Part::Whole, places(Family::Lambda)),
                "activity" => (target.value(), payload.inner(), Part::Whole, places(Family::Activity)),
                "lambda_invoke" => {
                    let result = if waits { Part::Whole } else { Part::Path(vec!["Payload".to_owned()]) };
                    let arguments = Tree::object([("FunctionName", text), ("Payload", payload.inner())]);
                    (arn("lambda:invoke", "lambda"), arguments, result, wrapped)
                }
                "sqs" => {
                    let arguments = Tree::object([("QueueUrl", text), ("MessageBody", payload.inner())]);
                    (arn("sqs:sendMessage", "sqs"), arguments, Part::Whole, wrapped)
                }
                "sns" => {
                    let arguments = Tree::object([("TopicArn", text), ("Message", payload.inner())]);
                    (arn("sns:publish", "sns"), arguments, Part::Whole, wrapped)
                }
                "events" => {
                    let source = payload.option(&attribute.options, "source", &word);
                    let detail_type = payload.option(&attribute.options, "detail_type", &word);
                    let entry = Tree::object([
                        ("EventBusName", text),
                        ("Source", source?),
                        ("DetailType", detail_type?),
                        ("Detail", payload.inner()),
                    ]);
                    let arguments = Tree::object([("Entries", Tree::Array(vec![entry]))]);
                    (arn("events:putEvents", "events"), arguments, Part::Whole, wrapped)
                }
                "state_machine" => {
                    let has_output = attribute.sync.is_some();
                    let result = if has_output { Part::Path(vec!["Output".to_owned()]) } else { Part::Whole };
                    let arguments = Tree::object([("StateMachineArn", text), ("Input", payload.inner())]);
                    (arn("states:startExecution", "states"), arguments, result, wrapped)
                }
                "http" => {
                    let method = payload.option(&attribute.options, "method", &word);
                    let connection = payload.option(&attribute.options, "connection", &word);
                    let (method, connection) = (method?, connection?);
                    let has_body =
                        !matches!(&method, Tree::Text(method) if method == "GET" || method == "HEAD");
                    let sent = if has_body { "RequestBody" } else { "QueryParameters" };
                    let arguments = Tree::object([
                        ("ApiEndpoint", text),
                        ("Method", method),
                        ("InvocationConfig", Tree::object([("ConnectionArn", connection)])),
                        (sent, payload.inner()),
                    ]);
                    let result = Part::Path(vec!["ResponseBody".to_owned()]);
                    (arn("http:invoke", "http"), arguments, result, wrapped)
                }
                _ => {
                    let resource = target.value() + pattern("").suffix();
                    let is_action = is_integration(&resource);
                    let arguments =
                        if is_action { payload.arguments("", Vec::new()) } else { payload.inner() };
                    (resource, arguments, Part::Whole, at(Family::Resource, target.span(), target.span()))
                }
            }
        }
    };
    payload.check();
    let result = match attribute.result {
        Some((at, value)) => part(errors, at, value)?,
        None => result,
    };
    let has_token =
        places.family == Family::Activity || resource.ends_with(Pattern::WaitForTaskToken.suffix());
    let state = attribute.name.map_or_else(|| pascal(&signature.name.to_string()), |name| name.value());
    Some(Task { resource, state, arguments, result, has_token, places })
}

fn is_integration(resource: &str) -> bool {
    use asl_core::syntax::Resource;
    matches!(Resource::parse(resource), Ok(Resource::Integration(_)))
}

type Resolved = (String, Tree, Part, Places);

fn action(
    payload: &mut Payload<'_>,
    path: &[Ident],
    arguments: Vec<(Ident, Value)>,
    pattern: impl Fn(&str) -> Pattern,
    at: impl Fn(Family, Span, Span) -> Places,
) -> Option<Resolved> {
    let (is_sdk, service, action) = match path {
        [sdk, service, action] if sdk == "aws_sdk" => (true, service, action),
        [service, action] if service != "aws_sdk" => (false, service, action),
        _ => {
            payload.errors.push_with_help(
                path[0].span(),
                "an action is `service::action`, or `aws_sdk::service::action`",
                "write `dynamodb::put_item(…)`, or `aws_sdk::s3::get_object`",
            );
            return None;
        }
    };
    let places = at(Family::Action, service.span(), action.span());
    let call = camel(&action.to_string());
    let service = service.to_string();
    let (service, prefix) =
        if is_sdk { (service.replace('_', ""), "aws-sdk:") } else { (service.replace('_', "-"), "") };
    let mut entries = Vec::new();
    for (name, value) in arguments {
        let key = match (service.as_str(), name.to_string().as_str()) {
            ("dynamodb", "table") => "TableName".to_owned(),
            (_, name) => pascal(name),
        };
        let value = payload.tree(value);
        entries.push((key, value));
    }
    let form = format!("{service}:{call}");
    let arguments = payload.arguments(if is_sdk { "" } else { &form }, entries);
    let resource = format!("arn:aws:states:::{prefix}{form}{}", pattern(&service));
    Some((resource, arguments, Part::Whole, places))
}

/// What the task is given, made of the parameters.
struct Payload<'a> {
    errors: &'a mut Errors,
    signature: &'a Signature,
    /// `payload = …`, until it is taken.
    given: Option<(Span, Value)>,
    waits: bool,
}

impl Payload<'_> {
    /// What the function, the queue, the other machine is given: an object of the parameters, if nothing else is said.
    fn inner(&mut self) -> Tree {
        if let Some((_, value)) = self.given.take() {
            let tree = self.tree(value);
            self.all_sent(&tree);
            return tree;
        }
        let parameters = &self.signature.parameters;
        if let [only] = &parameters[..]
            && only.is_payload
        {
            return Tree::Parameter(0);
        }
        let mut entries = Vec::new();
        if self.waits {
            entries.push(("token".to_owned(), Tree::Token));
            if let Some(parameter) = parameters.iter().find(|parameter| parameter.name == "token") {
                self.errors.push_with_help(
                    parameter.name.span(),
                    "the task token is sent under the name `token` too",
                    "rename the parameter, or say with `payload = { … }` what is sent",
                );
            }
        }
        let names = parameters.iter().map(|parameter| parameter.name.to_string());
        entries.extend(names.enumerate().map(|(index, name)| (name, Tree::Parameter(index))));
        Tree::Object(entries)
    }

    /// All arguments of an action: those of the attribute, and the parameters in PascalCase.
    fn arguments(&mut self, form: &str, mut entries: Vec<(String, Tree)>) -> Tree {
        if let Some((at, value)) = self.given.take() {
            let tree = self.tree(value);
            let tree = match tree {
                Tree::Object(more) => {
                    entries.extend(more);
                    Tree::Object(entries)
                }
                tree if entries.is_empty() => tree,
                tree => {
                    self.errors.push_with_help(
                        at,
                        "the payload is no object, so that the arguments before it have no place",
                        "write `payload = { … }`",
                    );
                    tree
                }
            };
            self.all_sent(&tree);
            return tree;
        }
        let parameters = &self.signature.parameters;
        if let [only] = &parameters[..]
            && only.is_payload
        {
            if entries.is_empty() {
                return Tree::Parameter(0);
            }
            self.errors.push_with_help(
                only.name.span(),
                "`#[payload]` makes the parameter all arguments, but there are others in `#[task(…)]`",
                "put them into the struct, or write `payload = { … }`",
            );
            return Tree::Parameter(0);
        }
        match form {
            "dynamodb:putItem" => entries.push(("Item".to_owned(), self.attributes())),
            "dynamodb:getItem" | "dynamodb:deleteItem" => entries.push(("Key".to_owned(), self.attributes())),
            _ => {
                let names = parameters.iter().map(|parameter| pascal(&parameter.name.to_string()));
                entries.extend(names.enumerate().map(|(index, name)| (name, Tree::Parameter(index))));
            }
        }
        Tree::Object(entries)
    }

    /// The parameters as attributes of DynamoDB.
    fn attributes(&mut self) -> Tree {
        let mut attributes = Vec::new();
        for (index, parameter) in self.signature.parameters.iter().enumerate() {
            let value = Tree::Parameter(index);
            let attribute = match attribute_type(&parameter.r#type) {
                Some("N") => Tree::object([("N", Tree::AsText(Box::new(value)))]),
                Some(name) => Tree::object([(name, value)]),
                None => {
                    self.errors.push_with_help(
                        parameter.name.span(),
                        "DynamoDB's type for this parameter cannot be told from its Rust type",
                        "take a text, a number or a `bool`, or write `payload = { \"Item\": { … } }` with the type: \
                         `\"total\": { \"N\": text(total) }`",
                    );
                    continue;
                }
            };
            attributes.push((parameter.name.to_string(), attribute));
        }
        Tree::Object(attributes)
    }

    fn option(&mut self, options: &[(Ident, Value)], name: &str, of: &Ident) -> Option<Tree> {
        let found = options.iter().find(|(option, _)| option == name);
        match found {
            Some((_, Value::Text(text))) => Some(Tree::text(text.value())),
            Some((option, _)) => {
                self.errors.push(option.span(), format!("`{option}` is a text"));
                None
            }
            None => {
                self.errors.push_with_help(
                    of.span(),
                    format!("`{of}` needs `{name}` too"),
                    format!("add `{name} = \"…\"`"),
                );
                None
            }
        }
    }

    fn tree(&mut self, value: Value) -> Tree {
        match value {
            Value::Text(text) => Tree::text(text.value()),
            Value::Integer(value) => Tree::Integer(value),
            Value::Number(value) => Tree::Number(value),
            Value::Bool(value) => Tree::Bool(value),
            Value::Null => Tree::Null,
            Value::AsText(inner) => Tree::AsText(Box::new(self.tree(*inner))),
            Value::Array(elements) => {
                Tree::Array(elements.into_iter().map(|value| self.tree(value)).collect())
            }
            Value::Object(entries) => {
                let mut known: Vec<(String, Tree)> = Vec::new();
                for (key, value) in entries {
                    if known.iter().any(|(name, _)| *name == key.text) {
                        self.errors.push(key.at, format!("`{}` is written twice", key.text));
                    }
                    let value = self.tree(value);
                    known.push((key.text, value));
                }
                Tree::Object(known)
            }
            Value::Path(path) => self.name(&path),
        }
    }

    fn name(&mut self, path: &[Ident]) -> Tree {
        let parameters = &self.signature.parameters;
        if let Some(index) = parameters.iter().position(|parameter| parameter.name == path[0]) {
            if let Some(field) = path.get(1) {
                self.errors.push_with_help(
                    field.span(),
                    "a field of a parameter cannot be sent: its name in JSON is not known here",
                    format!("take `{field}` as a parameter of its own"),
                );
            }
            return Tree::Parameter(index);
        }
        if path.len() == 1 && path[0] == "token" {
            return Tree::Token;
        }
        let word = path[0].to_string();
        let names: Vec<String> = parameters.iter().map(|parameter| parameter.name.to_string()).collect();
        let help = match asl_core::syntax::closest(&word, names.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "a value is JSON, the name of a parameter, or `token`".to_owned(),
        };
        self.errors.push_with_help(path[0].span(), format!("there is no parameter `{word}`"), help);
        Tree::Null
    }

    /// A parameter that no one gets is a mistake.
    fn all_sent(&mut self, tree: &Tree) {
        for (index, parameter) in self.signature.parameters.iter().enumerate() {
            if !tree.any(&|part| *part == Tree::Parameter(index)) {
                self.errors.push_with_help(
                    parameter.name.span(),
                    format!("`{}` is not sent: the payload does not name it", parameter.name),
                    "put it into `payload`, or remove the parameter",
                );
            }
        }
    }

    fn check(&mut self) {
        if let Some((at, _)) = self.given.take() {
            self.errors.push(at, "this payload is not used");
        }
    }
}

/// DynamoDB's type for a Rust type, where the words tell it.
fn attribute_type(r#type: &Type) -> Option<&'static str> {
    match r#type {
        Type::Reference(reference) => attribute_type(&reference.elem),
        Type::Path(path) => match path.path.segments.last()?.ident.to_string().as_str() {
            "str" | "String" => Some("S"),
            "bool" => Some("BOOL"),
            "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize" | "f32"
            | "f64" => Some("N"),
            _ => None,
        },
        _ => None,
    }
}

/// `result = …`.
fn part(errors: &mut Errors, at: Span, value: Value) -> Option<Part> {
    match value {
        Value::Path(path) => Some(Part::Path(path.iter().map(ToString::to_string).collect())),
        Value::Text(text) => Some(Part::Path(text.value().split('.').map(str::to_owned).collect())),
        Value::Object(entries) => {
            let parts =
                entries.into_iter().map(|(key, value)| Some((key.text, part(errors, key.at, value)?)));
            parts.collect::<Option<Vec<_>>>().map(Part::Object)
        }
        _ => {
            errors.push_with_help(
                at,
                "what is taken of the result is a field, or an object of fields",
                "write `result = Payload`, or `result = { state: QueryExecution.Status.State }`",
            );
            None
        }
    }
}
