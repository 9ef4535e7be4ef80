//! Expansion in process: what each form sends, and where.

use proc_macro2::TokenStream;

use super::described;
use super::signature;
use crate::errors::Errors;

/// The resource and the arguments as Rust tokens.
#[track_caller]
fn sent(arguments: &str, item: &str) -> (String, String) {
    let mut errors = Errors::default();
    let declaration =
        signature::parse(&mut errors, &item.parse().unwrap()).unwrap_or_else(|_| panic!("{item}"));
    let description = described(&mut errors, &declaration, arguments.parse().unwrap());
    assert_eq!(errors.messages(), Vec::<&str>::new(), "{arguments}");
    let task = description.unwrap_or_else(|_| panic!("{arguments}")).task;
    let short = |tokens: TokenStream| {
        let text = tokens.to_string().replace(":: asl_core :: ctx :: Template :: ", "");
        text.replace(":: asl_core :: ctx :: Projection :: ", "")
            .replace(' ', "")
            .replace(['&', '(', ')'], " ")
    };
    let result = short(task.result.tokens());
    (format!("{} -> {result}", task.resource), short(task.arguments.tokens()))
}

#[track_caller]
fn messages(arguments: &str, item: &str) -> Vec<String> {
    let mut errors = Errors::default();
    if let Ok(declaration) = signature::parse(&mut errors, &item.parse().unwrap()) {
        assert!(described(&mut errors, &declaration, arguments.parse().unwrap()).is_err(), "{arguments}");
    }
    errors.messages().into_iter().map(str::to_owned).collect()
}

const ORDER: &str = "async fn send(ctx: &Ctx, order_id: &str, total: u64) -> Result<Sent, Failure>;";

#[test]
fn each_form_sends_the_parameters_in_its_way() {
    let forms = [
        r#"lambda = "${Arn}""#,
        r#"lambda_invoke = "${Name}""#,
        r#"lambda_invoke = "${Name}", wait_for_task_token"#,
        r#"activity = "arn:aws:states:eu-west-1:123456789012:activity:approve""#,
        r#"sqs = "${Queue}""#,
        r#"sns = "${Topic}", wait_for_task_token"#,
        r#"events = "default", source = "orders", detail_type = "Sent""#,
        r#"state_machine = "${Machine}""#,
        r#"state_machine = "${Machine}", sync"#,
        r#"http = "https://example.com", method = "POST", connection = "${Connection}""#,
        r#"http = "https://example.com", method = "GET", connection = "${Connection}""#,
        r#"dynamodb::put_item(table = "${Table}")"#,
        r#"dynamodb::get_item(table = "${Table}", consistent_read = true)"#,
        r#"emr_containers::start_job_run(virtual_cluster_id = "v"), sync"#,
        "aws_sdk::cloudwatch_logs::put_log_events",
        r#"resource = "arn:aws:states:::aws-sdk:s3:getObject""#,
        r#"resource = "${Anything}""#,
        r#"lambda = "${Arn}", payload = [order_id, { n: text(total) }, -1.5, null], result = a.b"#,
        r#"lambda = "${Arn}", result = { a: A, "b": { c: "B.C" } }"#,
    ];
    let said = forms.map(|form| {
        let (resource, arguments) = sent(form, ORDER);
        format!("{form}\n    {resource}\n    {arguments}")
    });
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_struct_is_sent_as_it_is() {
    let item = "async fn send(ctx: &Ctx, #[payload] order: &Order) -> Result<(), Failure>;";
    assert_eq!(sent(r#"lambda = "${Arn}""#, item).1, "Parameter 0usize ");
    assert_eq!(sent("athena::start_query_execution", item).1, "Parameter 0usize ");
    assert_eq!(
        messages(r#"sqs = "${Queue}", wait_for_task_token"#, item),
        [
            "nobody gets the task token, so nobody can end the task: `#[payload]` is all that is sent\nhelp: write \
          `payload = { … }` with `token` in it: `payload = { \"token\": token, … }`"
        ]
    );
    assert_eq!(messages(r#"dynamodb::put_item(table = "t")"#, item).len(), 1);
    let two = "async fn send(ctx: &Ctx, #[payload] order: &Order, a: u8) -> Result<(), Failure>;";
    assert!(messages(r#"lambda = "${Arn}""#, two)[0].contains("but there are others"));
}

#[test]
fn all_mistakes_of_a_pass_are_said_at_once() {
    let said = messages("lamda = \"a\", synk, name, sync, sync", "fn f(self) -> u8 {}");
    let said: Vec<_> = said.iter().map(|message| message.lines().next().unwrap_or_default()).collect();
    assert_eq!(
        said,
        [
            "a task function has no body: the task is done elsewhere",
            "a task function is `async`",
            "a task function is no method",
            "a task function gives a `Result`, for every task may fail",
            "`#[task]` knows no `lamda`",
            "`#[task]` knows no `synk`",
            "`name` has no value",
            "`sync` is written twice",
        ]
    );
}

#[test]
fn what_does_not_fit_is_told_once() {
    let first = |arguments: &str| {
        let said = messages(arguments, ORDER);
        assert_eq!(said.len(), 1, "{said:?}");
        said[0].replace('\n', " ")
    };
    let said = [
        r#"sqs = "${Queue}", sync, wait_for_task_token"#,
        r#"sqs = "${Queue}", method = "GET""#,
        "lambda = 5",
        r#"lambda = "${A}", payload = { a: 'c', b: order_id, c: total }"#,
        r#"lambda = "${A}", payload = { a: order_id, a: total }"#,
        r#"lambda = "${A}", result = 5"#,
        r#"lambda = "${A}", name = """#,
        "a::b::c",
        "s3::get_object",
        r#"sns::publish, payload = { "Message": order_id, "Total": total }"#,
        r#"resource = "sqs:sendMessage""#,
        r#"resource = "arn:aws:states:::sqs:sendMesage""#,
        "aws_sdk::glue::start_job_run, sync",
    ];
    let said = said.map(|arguments| format!("{arguments}\n    {}", first(arguments)));
    insta::assert_snapshot!(said.join("\n"));
}
