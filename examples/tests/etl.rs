//! An ETL over a folder of CSV files: a Distributed Map lists the folder and reads every file in it, works on batches of
//! rows, and writes what came of them into the folder beside.

use std::error::Error;
use std::fs;
use std::path::Path;

use asl_core::Valid;
use asl_core::model::StateMachine;
use asl_local::world::FolderObjects;
use asl_local::{Execution, Mocks, Status, TaskError};
use serde_json::{Value, json};

/// Each batch is given to `Total`, which adds up its rows.
fn etl() -> Valid<StateMachine> {
    let definition = json!({"StartAt": "Files", "States": {"Files": {
        "Type": "Map",
        "ItemReader": {
            "Resource": "arn:aws:states:::s3:listObjectsV2",
            "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW",
                "Transformation": "LOAD_AND_FLATTEN"},
            "Parameters": {"Bucket": "sales", "Prefix": "2026/"}},
        "ItemBatcher": {"MaxItemsPerBatch": 100},
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
            "StartAt": "Total",
            "States": {"Total": {"Type": "Task", "Resource": "${TotalArn}", "End": true}}},
        "ResultWriter": {
            "Resource": "arn:aws:states:::s3:putObject",
            "WriterConfig": {"OutputType": "JSONL", "Transformation": "COMPACT"},
            "Parameters": {"Bucket": "totals", "Prefix": "nightly"}},
        "ToleratedFailurePercentage": 10,
        "End": true}}});
    asl_core::decode(&definition.to_string())
        .unwrap()
        .validate()
        .unwrap_or_else(|invalid| panic!("{invalid}"))
}

/// What the Lambda function does.
fn total(input: &Value) -> Result<Value, TaskError> {
    let rows = input["Items"].as_array().ok_or_else(|| TaskError::new("NoRows", "`Items` is no array"))?;
    let amounts = rows.iter().map(|row| row["amount"].as_str().unwrap_or_default().parse::<u64>());
    let sum: u64 =
        amounts.sum::<Result<u64, _>>().map_err(|error| TaskError::new("NoNumber", error.to_string()))?;
    Ok(json!({"rows": rows.len(), "sum": sum}))
}

/// Three files with a thousand sales each.
fn write_sales(folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder.join("sales/2026"))?;
    fs::create_dir(folder.join("totals"))?;
    for month in 1..=3 {
        let rows: Vec<String> = (0..1_000).map(|row| format!("{month}-{row},{row}\n")).collect();
        fs::write(
            folder.join(format!("sales/2026/{month:02}.csv")),
            format!("id,amount\n{}", rows.concat()),
        )?;
    }
    Ok(())
}

#[test]
fn every_row_of_every_file_is_counted_once() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    write_sales(folder.path())?;
    let mocks = Mocks::new().on("Total", total).objects_in(FolderObjects::new(folder.path()));
    let mut execution = Execution::start(&etl(), json!({}), mocks.clone())?;
    assert_eq!(execution.run()?, Status::Succeeded, "{:?}", execution.cause());
    mocks.assert_called("Total", 30);

    let manifest = execution.output().unwrap()["ResultWriterDetails"]["Key"].as_str().unwrap();
    let read = |key: &str| fs::read_to_string(folder.path().join("totals").join(key));
    let manifest: Value = serde_json::from_str(&read(manifest)?)?;
    let results = read(manifest["ResultFiles"]["SUCCEEDED"][0]["Key"].as_str().unwrap())?;
    let totals: Vec<Value> = results.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let add = |field: &str| totals.iter().filter_map(|total| total[field].as_u64()).sum::<u64>();
    assert_eq!((add("rows"), add("sum")), (3_000, 3 * 999 * 1_000 / 2));
    Ok(())
}

#[test]
fn a_file_with_a_broken_row_is_tolerated_and_said() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    write_sales(folder.path())?;
    fs::write(folder.path().join("sales/2026/04.csv"), "id,amount\n4-0,much\n")?;
    let mocks = Mocks::new().on("Total", total).objects_in(FolderObjects::new(folder.path()));
    let mut execution = Execution::start(&etl(), json!({}), mocks)?;
    assert_eq!(execution.run()?, Status::Succeeded, "{:?}", execution.cause());
    let run = fs::read_dir(folder.path().join("totals/nightly"))?.next().unwrap()?.path();
    let failed = fs::read_to_string(run.join("FAILED_0.jsonl"))?;
    assert!(failed.contains(r#""Error":"NoNumber""#), "{failed}");
    Ok(())
}
