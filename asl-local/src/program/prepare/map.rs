//! Map states.

use asl_core::model::state::Processor;
use asl_core::model::{self, ExecutionType, ProcessorMode, QueryLanguage, Static};

use super::field::{Field, constant};
use super::{Preparation, Unready};
use crate::history::StateKind;
use crate::program::{Distributed, ItemSource, Map, Payload, Reader, State, Work, Writer};

impl Preparation {
    pub(super) fn map(
        &mut self,
        ready: &mut State,
        field: &Field<'_>,
        it: &model::state::Map,
    ) -> Result<(), Unready> {
        ready.kind = StateKind::Map;
        ready.input_path = field.path_step("InputPath", it.input_path.as_ref())?;
        ready.result_selector = field.payload("ResultSelector", it.result_selector.as_ref())?;
        ready.result_path = field.result_path("ResultPath", it.result_path.as_ref())?;
        ready.output_path = field.path_step("OutputPath", it.output_path.as_ref())?;
        ready.output = field.payload("Output", it.output.as_ref())?;
        let Some(processor) = it.processor.as_ref().map(Processor::machine) else {
            return Err(field.fault("ItemProcessor", "the Map does not say what to do with an item"));
        };
        let start = self.scope(processor.start_at.as_deref(), processor.states.as_ref())?;
        let is_distributed = processor.mode() == Some(ProcessorMode::Distributed);
        ready.work = Work::Map(Box::new(Map {
            items: items(field, it)?,
            selector: selector(field, it)?,
            max_concurrency: field
                .integer(["MaxConcurrency", "MaxConcurrencyPath"], it.max_concurrency.as_ref())?,
            start,
            distributed: if is_distributed {
                Some(Box::new(distributed(field, it, processor)?))
            } else {
                None
            },
        }));
        Ok(())
    }
}

fn items(field: &Field<'_>, it: &model::state::Map) -> Result<ItemSource, Unready> {
    Ok(match field.language {
        QueryLanguage::Jsonata => {
            field.payload("Items", it.items.as_ref())?.map_or(ItemSource::Input, ItemSource::Items)
        }
        QueryLanguage::JsonPath => match &it.items_path {
            None => ItemSource::Input,
            Some(path) => ItemSource::Path(field.select("ItemsPath", path)?),
        },
    })
}

/// `ItemSelector`, or `Parameters`, as it was once called.
fn selector(field: &Field<'_>, it: &model::state::Map) -> Result<Option<(&'static str, Payload)>, Unready> {
    let named = match (&it.item_selector, &it.parameters) {
        (Some(selector), _) => Some(("ItemSelector", selector)),
        (None, Some(parameters)) => Some(("Parameters", parameters)),
        (None, None) => None,
    };
    let Some((name, value)) = named else { return Ok(None) };
    Ok(field.payload(name, Some(value))?.map(|payload| (name, payload)))
}

fn distributed(
    field: &Field<'_>,
    it: &model::state::Map,
    processor: &model::ItemProcessor,
) -> Result<Distributed, Unready> {
    let batcher = it.item_batcher.as_ref();
    let integer = |fields, value: Option<&model::ValueOrPath<i64>>| field.integer(fields, value);
    Ok(Distributed {
        is_express: processor.execution_type() == Some(ExecutionType::Express),
        label: it.label.as_deref().unwrap_or(field.state).into(),
        reader: it.item_reader.as_ref().map(|it| reader(field, it)).transpose()?,
        batch_items: integer(
            ["ItemBatcher/MaxItemsPerBatch", "ItemBatcher/MaxItemsPerBatchPath"],
            batcher.and_then(|it| it.max_items_per_batch.as_ref()),
        )?,
        batch_bytes: integer(
            ["ItemBatcher/MaxInputBytesPerBatch", "ItemBatcher/MaxInputBytesPerBatchPath"],
            batcher.and_then(|it| it.max_input_bytes_per_batch.as_ref()),
        )?,
        batch_input: field
            .payload("ItemBatcher/BatchInput", batcher.and_then(|it| it.batch_input.as_ref()))?,
        writer: it.result_writer.as_ref().map(|it| writer(field, it)).transpose()?,
        tolerated_count: integer(
            ["ToleratedFailureCount", "ToleratedFailureCountPath"],
            it.tolerated_failure_count.as_ref(),
        )?,
        tolerated_percentage: field.number(
            ["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"],
            it.tolerated_failure_percentage.as_ref(),
        )?,
    })
}

fn known<T: Copy>(field: &Field<'_>, name: &str, value: Option<&Static<T>>) -> Result<Option<T>, Unready> {
    let place = format!("state `{}`, {name}", field.state);
    value.map(|value| constant(&place, value)).transpose()
}

fn reader(field: &Field<'_>, it: &model::ItemReader) -> Result<Reader, Unready> {
    let config = it.reader_config.clone().unwrap_or_default();
    Ok(Reader {
        lists: it.resource.as_deref().is_some_and(|resource| resource.ends_with(":s3:listObjectsV2")),
        parameters: field.given(it.parameters.as_ref(), it.arguments.as_ref())?,
        input_type: known(field, "InputType", config.input_type.as_ref())?,
        transformation: known(field, "Transformation", config.transformation.as_ref())?,
        manifest_type: known(field, "ManifestType", config.manifest_type.as_ref())?,
        delimiter: known(field, "CSVDelimiter", config.csv_delimiter.as_ref())?,
        header_location: known(field, "CSVHeaderLocation", config.csv_header_location.as_ref())?,
        headers: config.csv_headers,
        max_items: field.integer(["ReaderConfig/MaxItems", "MaxItemsPath"], config.max_items.as_ref())?,
        items_pointer: config.items_pointer,
    })
}

fn writer(field: &Field<'_>, it: &model::ResultWriter) -> Result<Writer, Unready> {
    let config = it.writer_config.clone().unwrap_or_default();
    let exports = it.resource.is_some();
    Ok(Writer {
        parameters: if exports { field.given(it.parameters.as_ref(), it.arguments.as_ref())? } else { None },
        transformation: known(field, "Transformation", config.transformation.as_ref())?,
        output_type: known(field, "OutputType", config.output_type.as_ref())?,
    })
}
