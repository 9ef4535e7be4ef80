#![doc = include_str!("unsupported_field.md")]

use crate::diagnostic::{Code, Replacement, Severity};
use crate::model::{Comparator, Fault, Kind, Object, QueryLanguage};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{did_you_mean, excerpt, list, surely_meant, with_article};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0102"),
    name: "unsupported-field",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("unsupported_field.md"),
    check: Check::Object(check),
};

fn check(cx: &mut Context<'_>, object: &dyn Object) {
    let kind = object.kind();
    for field in object.extra() {
        if field.fault == Fault::Unsupported {
            let name = field.name.as_str();
            let message = if is_rule(kind) && Comparator::from_name(name).is_some() {
                format!("the comparator `{name}` has no `Variable` to compare")
            } else {
                format!("{} has no field `{}`", with_article(kind), excerpt(name))
            };
            let help = help(kind, name, cx.language());
            // with other help, something else is to be done about it
            let is_misspelt = help.is_some() && help == did_you_mean(name, known_names(kind));
            let meant = surely_meant(name, known_names(kind)).filter(|_| is_misspelt);
            cx.report(message)
                .maybe_help(help)
                .field(name)
                .key()
                .fix(meant.map(|meant| Replacement::Key(meant.to_owned())));
        }
    }
}

fn is_rule(kind: Kind) -> bool {
    matches!(kind, Kind::ChoiceRule | Kind::NestedRule)
}

fn help(kind: Kind, name: &str, language: QueryLanguage) -> Option<String> {
    if let Some(advice) = advice(kind, name, language) {
        return Some(advice.to_owned());
    }
    if let Some((holder, _)) = HOLDERS.iter().find(|(holder, inner)| is_inside(kind, holder, *inner, name)) {
        return Some(format!("move it into `{holder}`"));
    }
    if let Some(plain) = name.strip_suffix(".$") {
        let path = kind.fields().iter().find(|field| field.name.strip_suffix("Path") == Some(plain));
        return Some(match path {
            Some(path) => format!("write `{}`; keys end in `.$` only inside payload templates", path.name),
            None => "remove it; keys end in `.$` only inside payload templates".to_owned(),
        });
    }
    let elsewhere: Vec<&str> = Kind::STATES
        .iter()
        .filter(|other| kind.is_state() && other.field(name).is_some())
        .map(|other| other.name())
        .collect();
    if !elsewhere.is_empty() {
        return Some(format!("only {} states have `{name}`; remove it here", list(&elsewhere, "and")));
    }
    did_you_mean(name, known_names(kind))
        .or_else(|| other_word(kind, name).map(|word| format!("did you mean `{word}`?")))
}

/// The fields of an object, comparators too.
fn known_names(kind: Kind) -> impl Iterator<Item = &'static str> {
    let comparators = Comparator::NAMES.iter().copied().filter(move |_| is_rule(kind));
    kind.fields().iter().map(|field| field.name).chain(comparators)
}

/// Objects inside others, whose fields are easily put one level too high.
const HOLDERS: &[(&str, Kind)] = &[
    ("ProcessorConfig", Kind::ProcessorConfig),
    ("ItemProcessor", Kind::ItemProcessor),
    ("ReaderConfig", Kind::ReaderConfig),
    ("WriterConfig", Kind::WriterConfig),
    ("ItemBatcher", Kind::ItemBatcher),
    ("Retry", Kind::Retrier),
];

fn is_inside(kind: Kind, holder: &str, inner: Kind, name: &str) -> bool {
    kind.field(holder).is_some() && inner.field(name).is_some()
}

/// What to do about the mistakes that are made most.
fn advice(kind: Kind, name: &str, language: QueryLanguage) -> Option<&'static str> {
    use Kind::{Branch, Choice, Fail, ItemProcessor, Map, NestedRule, Parallel, Pass, Succeed, Task, Wait};
    let jsonata = language == QueryLanguage::Jsonata;
    Some(match (kind, name) {
        (Branch | ItemProcessor, "QueryLanguage") => {
            "set it on the states inside; those that have none take the machine's language"
        }
        (Branch | ItemProcessor, "TimeoutSeconds") => {
            "set it on the Task states inside, or on the whole machine"
        }
        (Branch | ItemProcessor, "Version") => "write it at the top of the definition",
        (Map | Parallel, "TimeoutSeconds" | "TimeoutSecondsPath" | "HeartbeatSeconds") => {
            "set it on the Task states inside"
        }
        (Pass | Choice | Wait | Succeed, "Retry" | "Catch") => {
            "only Task, Parallel and Map states have it; to handle errors here, wrap this state in a Parallel state \
             with one branch"
        }
        (Choice, "Next" | "End") => "remove it; the rules say where to go, and `Default` where if none holds",
        (Succeed | Fail, "Next" | "End") => "remove it; this state ends the execution, or its branch, anyway",
        (Succeed | Fail, "Assign") => "remove it; no state comes after this one to read a variable",
        (Fail, "Output" | "Result") => "write `Error` and `Cause`",
        (NestedRule, "Next" | "Output" | "Assign") => {
            "move it to the rule in `Choices` that this one is part of"
        }
        (NestedRule, "Condition") => "write one expression with `and`, `or` and `$not()`",
        (Pass, "Arguments") => "write `Output`; a Pass state does no work",
        (Map, "Arguments") => "shape each item with `ItemSelector`",
        (Task | Parallel | Map | Wait, "Result") if jsonata => "write `Output`",
        (Task | Parallel | Map, "Result") => {
            "write `ResultSelector` to shape the result; only Pass states have a constant `Result`"
        }
        (Map, "Mode" | "ExecutionType") => "move it into `ProcessorConfig`, inside `ItemProcessor`",
        (Task, "FunctionName" | "Payload") if jsonata => "move it into `Arguments`",
        (Task, "FunctionName" | "Payload") => "move it into `Parameters`",
        (_, "Comments" | "Description" | "//" | "_comment" | "$comment") => "write `Comment`",
        _ => return None,
    })
}

/// The language's word for one that people bring along from elsewhere.
fn other_word(kind: Kind, name: &str) -> Option<&'static str> {
    const WORDS: &[(&str, &str)] = &[
        ("Interval", "IntervalSeconds"),
        ("MaxRetries", "MaxAttempts"),
        ("Attempts", "MaxAttempts"),
        ("Backoff", "BackoffRate"),
        ("MaxDelay", "MaxDelaySeconds"),
        ("Jitter", "JitterStrategy"),
        ("Timeout", "TimeoutSeconds"),
        ("Heartbeat", "HeartbeatSeconds"),
        ("Errors", "ErrorEquals"),
        ("Start", "StartAt"),
        ("Concurrency", "MaxConcurrency"),
        ("Input", "InputPath"),
        ("Result", "Output"),
    ];
    let (_, word) = WORDS.iter().find(|(other, _)| other.eq_ignore_ascii_case(name))?;
    kind.field(word).is_some().then_some(*word)
}
