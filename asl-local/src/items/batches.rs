use serde_json::{Map, Value};

use super::fault::failed;
use crate::Failure;

/// `ItemBatcher` of a Distributed Map whose templates and paths have been evaluated.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ItemBatcher {
    /// `MaxItemsPerBatch`, or what `MaxItemsPerBatchPath` leads to.
    pub(crate) max_items_per_batch: Option<i64>,
    /// `MaxInputBytesPerBatch`, or what `MaxInputBytesPerBatchPath` leads to. More than 262,144 is capped.
    pub(crate) max_input_bytes_per_batch: Option<i64>,
    /// `BatchInput`.
    pub(crate) batch_input: Option<Value>,
}

/// The largest input of an execution, in bytes of its JSON text.
const MAX_INPUT_BYTES: usize = 262_144;

impl ItemBatcher {
    /// Puts the items, as `ItemSelector` left them, into batches.
    ///
    /// A batch is as large as both limits allow. An item that is larger than the byte limit gets a batch of its own:
    /// what the service does then is not known, and the limit on a child's input is the execution's to check. Without
    /// any limit, which no valid definition has, a batch holds what fits into a child's input.
    ///
    /// # Errors
    ///
    /// If a limit is not positive. The text is made after the one for `MaxItems`, which is recorded.
    pub(crate) fn batches<I>(self, items: I) -> Result<Batches<I::IntoIter>, Failure>
    where
        I: IntoIterator<Item = Result<Value, Failure>>,
    {
        let max_items = positive("MaxItemsPerBatch", self.max_items_per_batch)?;
        let max_bytes = positive("MaxInputBytesPerBatch", self.max_input_bytes_per_batch)?;
        let max_bytes = match (max_items, max_bytes) {
            (Some(_), None) => usize::MAX,
            (_, bytes) => bytes.unwrap_or(MAX_INPUT_BYTES).min(MAX_INPUT_BYTES),
        };
        let empty_bytes = json_bytes(&input(self.batch_input.as_ref(), Vec::new()));
        Ok(Batches {
            items: items.into_iter(),
            batch_input: self.batch_input,
            max_items: max_items.unwrap_or(usize::MAX),
            max_bytes,
            empty_bytes,
            next: None,
        })
    }
}

fn positive(field: &str, value: Option<i64>) -> Result<Option<usize>, Failure> {
    let Some(value) = value else { return Ok(None) };
    if value < 1 {
        return Err(failed(format!("field {field} must be positive")));
    }
    Ok(Some(usize::try_from(value).unwrap_or(usize::MAX)))
}

/// The input of one child that works on several items.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Batch {
    /// `{"BatchInput": …, "Items": […]}`; without `BatchInput` if the batcher has none.
    pub(crate) input: Value,
    /// How many items it holds. The failure of a child counts that many items as failed.
    pub(crate) items: usize,
}

/// Batches of items, one at a time. See [`ItemBatcher::batches`].
pub(crate) struct Batches<I> {
    items: I,
    batch_input: Option<Value>,
    max_items: usize,
    max_bytes: usize,
    /// The size of an input without items.
    empty_bytes: usize,
    /// What was read and did not fit: an item with its size, or the error that ends the items.
    next: Option<Result<(Value, usize), Failure>>,
}

impl<I: Iterator<Item = Result<Value, Failure>>> Iterator for Batches<I> {
    type Item = Result<Batch, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut items = Vec::new();
        let mut bytes = self.empty_bytes;
        while items.len() < self.max_items {
            let next = self.next.take().or_else(|| {
                let item = self.items.next()?;
                Some(item.map(|item| {
                    let bytes = json_bytes(&item);
                    (item, bytes)
                }))
            });
            match next {
                None => break,
                Some(Err(failure)) if items.is_empty() => return Some(Err(failure)),
                Some(Ok((item, more))) => {
                    let comma = usize::from(!items.is_empty());
                    if !items.is_empty() && bytes + comma + more > self.max_bytes {
                        self.next = Some(Ok((item, more)));
                        break;
                    }
                    bytes += comma + more;
                    items.push(item);
                }
                // the items before it are complete
                failure => {
                    self.next = failure;
                    break;
                }
            }
        }
        let count = items.len();
        (count > 0).then(|| Ok(Batch { input: input(self.batch_input.as_ref(), items), items: count }))
    }
}

fn input(batch_input: Option<&Value>, items: Vec<Value>) -> Value {
    let mut input = Map::new();
    if let Some(batch_input) = batch_input {
        input.insert("BatchInput".to_owned(), batch_input.clone());
    }
    input.insert("Items".to_owned(), Value::Array(items));
    Value::Object(input)
}

/// The length of the JSON text, as an execution's input is measured.
fn json_bytes(value: &Value) -> usize {
    struct Count(usize);
    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    serde_json::to_writer(&mut count, value).expect("JSON values are JSON, and counting does not fail");
    count.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn batches(batcher: &ItemBatcher, items: Vec<Value>) -> Vec<Batch> {
        batcher.clone().batches(items.into_iter().map(Ok)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn a_batch_holds_the_given_number_of_items_and_the_last_the_rest() {
        let batcher = ItemBatcher {
            max_items_per_batch: Some(2),
            batch_input: Some(json!({"day": 1})),
            ..ItemBatcher::default()
        };
        let made = batches(&batcher, vec![json!(1), json!(2), json!(3)]);
        assert_eq!(made[0].input.to_string(), r#"{"BatchInput":{"day":1},"Items":[1,2]}"#);
        assert_eq!(made[1], Batch { input: json!({"BatchInput": {"day": 1}, "Items": [3]}), items: 1 });
        assert_eq!(made.len(), 2);
    }

    #[test]
    fn the_byte_limit_counts_the_whole_input() {
        let limit = r#"{"Items":["aa","bb"]}"#.len();
        let items = vec![json!("aa"), json!("bb"), json!("cc")];
        let sizes = |bytes| -> Vec<_> {
            let max_input_bytes_per_batch = i64::try_from(bytes).ok();
            let batcher = ItemBatcher { max_input_bytes_per_batch, ..ItemBatcher::default() };
            batches(&batcher, items.clone()).iter().map(|batch| batch.items).collect()
        };
        assert_eq!(sizes(limit), [2, 1]);
        assert_eq!(sizes(limit - 1), [1, 1, 1]);
        assert_eq!(sizes(1), [1, 1, 1], "an item that never fits is alone");
        assert_eq!(sizes(1 << 40), [3]);
    }

    #[test]
    fn without_items_there_is_no_batch() {
        let batcher = ItemBatcher { max_items_per_batch: Some(1), ..ItemBatcher::default() };
        assert!(batches(&batcher, vec![]).is_empty());
    }

    #[test]
    fn an_error_comes_after_the_items_before_it() {
        let batcher = ItemBatcher { max_items_per_batch: Some(9), ..ItemBatcher::default() };
        let items = [Ok(json!(1)), Err(failed("broken"))];
        let mut made = batcher.batches(items).unwrap();
        assert_eq!(made.next().unwrap().unwrap().items, 1);
        assert_eq!(made.next(), Some(Err(failed("broken"))));
        assert_eq!(made.next(), None);
    }

    #[test]
    fn limits_are_positive() {
        for value in [0, -1] {
            let batcher = ItemBatcher { max_items_per_batch: Some(value), ..ItemBatcher::default() };
            let failure = batcher.batches(Vec::new()).err().unwrap();
            assert_eq!(failure.cause, "field MaxItemsPerBatch must be positive");
        }
    }

    proptest! {
        #[test]
        fn no_item_is_lost_or_doubled_and_both_limits_hold(
            texts in proptest::collection::vec("[a-z\"é]{0,20}", 0..60),
            max_items in proptest::option::of(1_usize..8),
            max_bytes in proptest::option::of(1_usize..150),
            batch_input in proptest::option::of("[a-z]{0,10}"),
        ) {
            let items: Vec<Value> = texts.iter().cloned().map(Value::from).collect();
            let batcher = ItemBatcher {
                max_items_per_batch: max_items.map(|items| i64::try_from(items).unwrap()),
                max_input_bytes_per_batch: max_bytes.map(|bytes| i64::try_from(bytes).unwrap()),
                batch_input: batch_input.map(Value::from),
            };
            let made = batches(&batcher, items.clone());
            let mut seen = Vec::new();
            for (index, batch) in made.iter().enumerate() {
                let inside = batch.input["Items"].as_array().unwrap();
                prop_assert_eq!(inside.len(), batch.items);
                prop_assert!(batch.items >= 1 && batch.items <= max_items.unwrap_or(usize::MAX));
                let bytes = batch.input.to_string().len();
                prop_assert!(batch.items == 1 || max_bytes.is_none_or(|most| bytes <= most));
                // and none is smaller than it has to be
                if let Some(next) = made.get(index + 1) {
                    let one_more = bytes + 1 + next.input["Items"][0].to_string().len();
                    let is_full = max_items == Some(batch.items) || max_bytes.is_some_and(|most| one_more > most);
                    prop_assert!(is_full);
                }
                seen.extend(inside.clone());
            }
            prop_assert_eq!(seen, items);
        }
    }
}
