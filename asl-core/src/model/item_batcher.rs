use super::object::{Fields, Object, Visit};
use super::{Extra, Kind, Value, ValueOrPath};

/// `ItemBatcher` of a Distributed Map: how many items one child execution gets.
///
/// At least one of the two limits is required.
/// See [ItemBatcher](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemBatcher {
    /// `MaxItemsPerBatch` or `MaxItemsPerBatchPath`: at least 1.
    pub max_items_per_batch: Option<ValueOrPath<i64>>,
    /// `MaxInputBytesPerBatch` or `MaxInputBytesPerBatchPath`: 1 to 262,144 bytes.
    pub max_input_bytes_per_batch: Option<ValueOrPath<i64>>,
    /// `BatchInput`: JSON that every batch gets beside its items.
    pub batch_input: Option<Value>,
    /// What does not belong here.
    pub extra: Extra,
}

impl Object for ItemBatcher {
    fn kind(&self) -> Kind {
        Kind::ItemBatcher
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.either("MaxItemsPerBatch", "MaxItemsPerBatchPath", self.max_items_per_batch.as_ref());
        fields.either(
            "MaxInputBytesPerBatch",
            "MaxInputBytesPerBatchPath",
            self.max_input_bytes_per_batch.as_ref(),
        );
        fields.put("BatchInput", self.batch_input.as_ref());
    }
}
