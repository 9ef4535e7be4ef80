//! A CSV file in S3, row by row: up to millions of items, in batches, with the results written back to S3.
//!
//! Each batch is an execution of its own, with its own history and its own 256 KiB. As an Express workflow it costs
//! by duration instead of by transition, has five minutes, and may run twice: its work must bear that.
//! `ToleratedFailurePercentage` keeps one bad row from ending the night's run.

use asl_core::jsonpath::{
    CsvHeaderLocation, ExecutionType, InputType, ItemBatcher, ItemProcessor, ItemReader, Map, ResultWriter,
    Retrier, Task, end, path,
};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    let rows = ItemReader::s3_object(path("$.s3Bucket"), path("$.s3Key"))
        .input_type(InputType::Csv)
        .csv_header_location(CsvHeaderLocation::FirstRow);
    let import = Task::lambda("${ImportOrdersArn}", end())
        .retry(Retrier::on("Lambda.TooManyRequestsException").interval_seconds(2).max_attempts(6));
    let processor = ItemProcessor::single("ImportOrders", import).distributed(ExecutionType::Express);
    StateMachine::builder("ImportFile")
        .state(
            "ImportFile",
            Map::new(processor, end())
                .label("ImportOrders")
                .item_reader(rows)
                .item_batcher(ItemBatcher::new().max_items_per_batch(100))
                .max_concurrency(50)
                .tolerated_failure_percentage(1)
                .result_writer(ResultWriter::s3("${ResultsBucket}").prefix("imports")),
        )
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: ImportFile,
        States: {
            ImportFile: Map {
                Label: "ImportOrders",
                ItemReader: {
                    Resource: "arn:aws:states:::s3:getObject",
                    ReaderConfig: { InputType: CSV, CSVHeaderLocation: FIRST_ROW },
                    Parameters: { Bucket: $.s3Bucket, Key: $.s3Key },
                },
                ItemBatcher: { MaxItemsPerBatch: 100 },
                MaxConcurrency: 50,
                ItemProcessor: {
                    ProcessorConfig: { Mode: DISTRIBUTED, ExecutionType: EXPRESS },
                    StartAt: ImportOrders,
                    States: {
                        ImportOrders: Task {
                            Resource: "${ImportOrdersArn}",
                            Retry: [{
                                ErrorEquals: [Lambda.TooManyRequestsException],
                                IntervalSeconds: 2,
                                MaxAttempts: 6,
                            }],
                            End: true,
                        },
                    },
                },
                ToleratedFailurePercentage: 1,
                ResultWriter: {
                    Resource: "arn:aws:states:::s3:putObject",
                    Parameters: { Bucket: "${ResultsBucket}", Prefix: "imports" },
                },
                End: true,
            },
        },
    }
}
