//! The Map state and the objects that only it has.

use jsonc_parser::ast::Object;

use crate::model::state::{Map, Processor};
use crate::model::{
    CsvDelimiter, CsvHeaderLocation, ExecutionType, InputType, ItemBatcher, ItemReader, ManifestType,
    OutputType, ProcessorConfig, ProcessorMode, ReaderConfig, ReaderTransformation, ResultWriter,
    WriterConfig, WriterTransformation,
};

use super::fields::{Fields, dynamic_integer, dynamic_number};
use super::machine::{catcher, item_processor, retrier};

pub(super) fn map(mut fields: Fields<'_>) -> Map {
    Map {
        comment: fields.string("Comment"),
        query_language: fields.query_language(),
        input_path: fields.path_or_null("InputPath"),
        items: fields.json("Items"),
        items_path: fields.path("ItemsPath"),
        item_reader: fields.object("ItemReader", item_reader),
        item_selector: fields.json("ItemSelector"),
        parameters: fields.json("Parameters"),
        item_batcher: fields.object("ItemBatcher", item_batcher),
        max_concurrency: fields.value_or_path("MaxConcurrency", "MaxConcurrencyPath", dynamic_integer),
        processor: fields.take_one_of(&["ItemProcessor", "Iterator"], |fields, name| {
            let processor = fields.object(name, item_processor)?;
            Some(if name == "Iterator" {
                Processor::Iterator(processor)
            } else {
                Processor::ItemProcessor(processor)
            })
        }),
        tolerated_failure_count: fields.value_or_path(
            "ToleratedFailureCount",
            "ToleratedFailureCountPath",
            dynamic_integer,
        ),
        tolerated_failure_percentage: fields.value_or_path(
            "ToleratedFailurePercentage",
            "ToleratedFailurePercentagePath",
            dynamic_number,
        ),
        label: fields.string("Label"),
        result_writer: fields.object("ResultWriter", result_writer),
        result_selector: fields.json("ResultSelector"),
        result_path: fields.path_or_null("ResultPath"),
        output_path: fields.path_or_null("OutputPath"),
        assign: fields.json_object("Assign"),
        output: fields.json("Output"),
        retry: fields.objects("Retry", retrier),
        catch: fields.objects("Catch", catcher),
        transition: fields.transition(),
        extra: fields.rest(),
    }
}

pub(super) fn processor_config(object: Object<'_>) -> ProcessorConfig {
    let mut fields = Fields::new(object);
    ProcessorConfig {
        mode: fields.constant("Mode", ProcessorMode::NAMES, ProcessorMode::from_name),
        execution_type: fields.constant("ExecutionType", ExecutionType::NAMES, ExecutionType::from_name),
        extra: fields.rest(),
    }
}

fn item_reader(object: Object<'_>) -> ItemReader {
    let mut fields = Fields::new(object);
    ItemReader {
        resource: fields.string("Resource"),
        reader_config: fields.object("ReaderConfig", reader_config),
        parameters: fields.json("Parameters"),
        arguments: fields.json("Arguments"),
        extra: fields.rest(),
    }
}

fn reader_config(object: Object<'_>) -> ReaderConfig {
    let mut fields = Fields::new(object);
    ReaderConfig {
        input_type: fields.constant("InputType", InputType::NAMES, InputType::from_name),
        transformation: fields.constant(
            "Transformation",
            ReaderTransformation::NAMES,
            ReaderTransformation::from_name,
        ),
        manifest_type: fields.constant("ManifestType", ManifestType::NAMES, ManifestType::from_name),
        csv_delimiter: fields.constant("CSVDelimiter", CsvDelimiter::NAMES, CsvDelimiter::from_name),
        csv_header_location: fields.constant(
            "CSVHeaderLocation",
            CsvHeaderLocation::NAMES,
            CsvHeaderLocation::from_name,
        ),
        csv_headers: fields.strings("CSVHeaders"),
        max_items: fields.value_or_path("MaxItems", "MaxItemsPath", dynamic_integer),
        items_pointer: fields.string("ItemsPointer"),
        extra: fields.rest(),
    }
}

fn item_batcher(object: Object<'_>) -> ItemBatcher {
    let mut fields = Fields::new(object);
    ItemBatcher {
        max_items_per_batch: fields.value_or_path(
            "MaxItemsPerBatch",
            "MaxItemsPerBatchPath",
            dynamic_integer,
        ),
        max_input_bytes_per_batch: fields.value_or_path(
            "MaxInputBytesPerBatch",
            "MaxInputBytesPerBatchPath",
            dynamic_integer,
        ),
        batch_input: fields.json("BatchInput"),
        extra: fields.rest(),
    }
}

fn result_writer(object: Object<'_>) -> ResultWriter {
    let mut fields = Fields::new(object);
    ResultWriter {
        resource: fields.string("Resource"),
        writer_config: fields.object("WriterConfig", writer_config),
        parameters: fields.json("Parameters"),
        arguments: fields.json("Arguments"),
        extra: fields.rest(),
    }
}

fn writer_config(object: Object<'_>) -> WriterConfig {
    let mut fields = Fields::new(object);
    WriterConfig {
        transformation: fields.constant(
            "Transformation",
            WriterTransformation::NAMES,
            WriterTransformation::from_name,
        ),
        output_type: fields.constant("OutputType", OutputType::NAMES, OutputType::from_name),
        extra: fields.rest(),
    }
}
