use asl_core::Validation;
use asl_core::jsonpath::{
    Catcher, Fail, ItemProcessor, Map, Retrier, Succeed, Task, context, end, next, path, template,
};
use asl_core::model::StateMachine;

use crate::Stage;

/// The placeholder for the topic that the template creates, in stages that have one.
pub(crate) const ON_CALL_TOPIC_ARN: &str = "OnCallTopicArn";

/// The functions that the machine calls.
pub(crate) const FUNCTIONS: [&str; 2] = ["list-invoices", "send-invoice"];

/// The run: lists the invoices that are due and sends each.
pub(crate) fn invoice_run(stage: Stage) -> Validation {
    let [list, send] = FUNCTIONS.map(|function| stage.function_arn(function));
    let (attempts, pause) = stage.retries();
    let send_invoice = Task::lambda(send, end())
        .retry(Retrier::all().interval(pause).max_attempts(attempts).backoff_rate(1));
    let each = ItemProcessor::single("SendInvoice", send_invoice).inline();
    let mut send_invoices = Map::new(each, next("Done"))
        .items_path("$.invoices")
        .max_concurrency(stage.concurrency())
        .discard_result();
    if stage.tells_on_call() {
        send_invoices = send_invoices.catch(Catcher::all("TellOnCall").result_path("$.error"));
    }

    let mut machine = StateMachine::builder("ListInvoices")
        .timeout(stage.timeout())
        .state(
            "ListInvoices",
            Task::lambda(list, next("SendInvoices"))
                .result_path("$.invoices")
                .retry(Retrier::lambda_transient()),
        )
        .state("SendInvoices", send_invoices)
        .state("Done", Succeed::new());
    if stage.tells_on_call() {
        let message = template().set("Run", context("Execution.Id")).set("Cause", path("$.error.Cause"));
        let topic = format!("${{{ON_CALL_TOPIC_ARN}}}");
        // a catcher is asked once: what it leads to must not give up at the first failure
        let tell = Task::sns_publish(topic, message, next("Failed")).retry(Retrier::all()).discard_result();
        machine = machine
            .state("TellOnCall", tell)
            .state("Failed", Fail::new().error("InvoicesNotSent").cause_path("$.error.Cause"));
    }
    machine.validate()
}
