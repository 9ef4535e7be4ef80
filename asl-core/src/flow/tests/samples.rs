//! The three sample programs of the design.

use super::*;

fn lambda(function: &str, arn: &str, payload: Expression) -> Effect {
    Effect::lambda(function, arn, payload)
}

#[test]
fn order_saga() {
    let mut l = Locals::new();
    let (order, hold, payment, shipment) =
        (l.local("order"), l.local("hold"), l.local("payment"), l.local("shipment"));
    let (e, e2, failure, attempt) = (l.local("e"), l.local("e"), l.local("failure"), l.label());
    let body = Block::of(|b| {
        let payload = leaf("{'order_id': $order.order_id, 'items': $order.items}", &[&order]);
        b.effect(lambda("reserve_stock", "${ReserveStockArn}", payload).bind(hold.clone()));
        b.labelled(attempt, |b| {
            let payload = leaf(
                "{'order_id': $order.order_id, 'card_token': $order.card_token, 'amount_cents': $order.total_cents}",
                &[&order],
            );
            let declined = Block::of(|b| {
                b.set(&failure, leaf("{'Error': 'PaymentFailed', 'Cause': $e.Cause}", &[&e]));
                b.break_(attempt);
            });
            b.effect(
                lambda("charge_card", "${ChargeCardArn}", payload)
                    .bind(payment.clone())
                    .on_any(Some(e.clone()), declined),
            );
            let payload = leaf("{'order_id': $order.order_id, 'items': $order.items}", &[&order]);
            let refunded = Block::of(|b| {
                b.effect(lambda("refund", "${RefundArn}", leaf("{'payment_id': $payment.payment_id}", &[&payment])));
                b.set(&failure, leaf("{'Error': 'ShippingFailed', 'Cause': $e.Cause}", &[&e2]));
                b.break_(attempt);
            });
            b.effect(
                lambda("ship", "${ShipArn}", payload)
                    .bind(shipment.clone())
                    .on_any(Some(e2.clone()), refunded),
            );
            b.return_(leaf(
                "{'order_id': $order.order_id, 'tracking': $shipment.tracking}",
                &[&order, &shipment],
            ));
        });
        b.effect(lambda("release_stock", "${ReleaseStockArn}", leaf("{'hold_id': $hold.hold_id}", &[&hold])));
        b.raise(failure.field("Error"), failure.field("Cause"));
    });
    insta::assert_snapshot!(definition(&Program::new(order, body)));
}

#[test]
fn expense_approval() {
    let mut l = Locals::new();
    let (expense, decision) = (l.local("expense"), l.local("decision"));
    let answered = l.label();
    let body = Block::of(|b| {
        b.choose(
            If::new(
                leaf("$expense.amount_cents <= 5000", &[&expense]),
                Block::of(|b| b.return_(leaf("{'status': 'auto_approved'}", &[]))),
            )
            .derived("expense.amount_cents <= 5_000"),
        );
        b.labelled(answered, |b| {
            let arguments = leaf(
                "{'QueueUrl': '${ApprovalQueueUrl}', 'MessageBody': {'token': $states.context.Task.Token, 'expense': $expense}}",
                &[&expense],
            );
            let mut ask = Effect::task(
                "ask_manager",
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                arguments,
            )
            .bind(decision.clone())
            .on(
                ["States.Timeout"],
                None,
                Block::of(|b| {
                    let arguments = leaf(
                        "{'TopicArn': '${EscalationTopicArn}', 'Message': {'expense_id': $expense.id, 'owner': $expense.owner}}",
                        &[&expense],
                    );
                    b.effect(Effect::task("escalate", "arn:aws:states:::sns:publish", arguments));
                    b.return_(leaf("{'status': 'expired'}", &[]));
                }),
            );
            if let EffectKind::Task(task) = &mut ask.kind {
                task.timeout_seconds = Some(number(259_200));
                task.heartbeat_seconds = Some(number(86_400));
            }
            b.effect(ask);
        });
        b.choose(
            If::new(
                leaf("$decision.decision = 'approved'", &[&decision]),
                Block::of(|b| {
                    let arguments = leaf(
                        "{'TableName': '${LedgerTable}', 'Item': {'expense_id': {'S': $expense.id}, 'amount_cents': {'N': $string($expense.amount_cents)}, 'by': {'S': $decision.by}}}",
                        &[&expense, &decision],
                    );
                    b.effect(Effect::task("record", "arn:aws:states:::dynamodb:putItem", arguments));
                    b.return_(leaf("{'status': 'approved', 'by': $decision.by}", &[&decision]));
                }),
            )
            .or_if(
                leaf("$decision.decision = 'rejected'", &[&decision]),
                Block::of(|b| {
                    b.return_(leaf(
                        "{'status': 'rejected', 'by': $decision.by, 'reason': $decision.reason}",
                        &[&decision],
                    ));
                }),
            )
            .exhaustive()
            .derived("match decision"),
        );
    });
    insta::assert_snapshot!(definition(&Program::new(expense, body)));
}

#[test]
fn nightly_etl() {
    let mut l = Locals::new();
    let (job, batch, started, q, polls) =
        (l.local("job"), l.local("batch"), l.local("started"), l.local("q"), l.local("polls"));
    let again = l.label();
    let body = Block::of(|b| {
        let mut distributed = Distributed::new(crate::model::ExecutionType::Standard);
        distributed.reader = Some(Reader {
            resource: "arn:aws:states:::s3:listObjectsV2".to_owned(),
            config: None,
            arguments: leaf("{'Bucket': $job.bucket, 'Prefix': $job.prefix}", &[&job]),
        });
        distributed.batches = Some(Batches { max_items: Some(number(500)), max_bytes: None });
        distributed.tolerated_failure_percentage = Some(number(5));
        distributed.label = Some("load_objects".to_owned());
        distributed.writer = Some(Writer {
            target: Some((
                "arn:aws:states:::s3:putObject".to_owned(),
                leaf("{'Bucket': $job.bucket, 'Prefix': 'etl-runs/'}", &[&job]),
            )),
            config: None,
        });
        let loaded = l.local("loaded");
        let map = Map {
            items: None,
            item: batch.clone(),
            index: None,
            body: Block::of(|b| {
                let payload = leaf("{'table': $job.table, 'keys': $batch}", &[&job, &batch]);
                b.effect(lambda("load_batch", "${LoadBatchArn}", payload).bind(loaded.clone()));
                b.return_(loaded.expression());
            }),
            max_concurrency: Some(number(200)),
            distributed: Some(distributed),
        };
        b.effect(Effect {
            name: Name::Derived("load_objects".to_owned()),
            ..Effect::new(EffectKind::Map(Box::new(map)))
        });
        let arguments = leaf("{'QueryString': $job.sql, 'WorkGroup': '${AthenaWorkGroup}'}", &[&job]);
        b.effect(
            Effect::task("start_query", "arn:aws:states:::athena:startQueryExecution", arguments)
                .bind(started.clone())
                .value(leaf("{'query_id': $result.QueryExecutionId}", &[]).clone())
                .value(tree::object([("query_id", tree::path(result(), &["QueryExecutionId"]))])),
        );
        b.set(&polls, number(0));
        b.repeat(again, |b| {
            let arguments = leaf("{'QueryExecutionId': $started.query_id}", &[&started]);
            let status = |name| tree::path(result(), &["QueryExecution", "Status", name]);
            b.effect(
                Effect::task("get_query", "arn:aws:states:::athena:getQueryExecution", arguments)
                    .bind(q.clone())
                    .value(tree::object([
                        ("state", status("State")),
                        ("reason", status("StateChangeReason")),
                    ])),
            );
            b.choose(
                If::new(
                    leaf("$q.state = 'SUCCEEDED'", &[&q]),
                    Block::of(|b| {
                        b.return_(leaf(
                            "{'query_id': $started.query_id, 'polls': $polls}",
                            &[&started, &polls],
                        ));
                    }),
                )
                .or_if(
                    leaf("$q.state in ['FAILED', 'CANCELLED']", &[&q]),
                    Block::of(|b| b.raise(text("QueryFailed"), q.field("reason"))),
                )
                .or_if(
                    leaf("$q.state in ['QUEUED', 'RUNNING'] and $polls >= 120", &[&q, &polls]),
                    Block::of(|b| {
                        b.raise(text("QueryTimedOut"), text("query still running after 120 polls"));
                    }),
                )
                .or_else(Block::of(|b| {
                    b.set(&polls, leaf("$polls + 1", &[&polls]));
                    b.effect(Effect::wait_seconds(number(30)));
                }))
                .derived("q.state"),
            );
        });
    });
    insta::assert_snapshot!(definition(&Program::new(job, body)));
}
