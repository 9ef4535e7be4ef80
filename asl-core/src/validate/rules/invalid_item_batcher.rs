#![doc = include_str!("invalid_item_batcher.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0704"),
    name: "invalid-item-batcher",
    severity: Severity::Error,
    aws: None,
    explain: include_str!("invalid_item_batcher.md"),
    check: Check::State(check),
};

const SIZES: [&str; 4] =
    ["MaxItemsPerBatch", "MaxItemsPerBatchPath", "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"];

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Map(map) = state else { return };
    let Some(batcher) = &map.item_batcher else { return };
    let has_size = batcher.max_items_per_batch.is_some() || batcher.max_input_bytes_per_batch.is_some();
    if !has_size && !SIZES.iter().any(|name| batcher.extra.contains(name)) {
        cx.report("an `ItemBatcher` needs a size of its batches")
            .help("add `MaxItemsPerBatch`, `MaxInputBytesPerBatch` or both")
            .field("ItemBatcher");
    }
}
