//! The items of a Distributed Map: read from files, one at a time, and put together to the inputs of its children.
//!
//! Nothing here holds more than one item and a buffer, so that a file of a million lines costs no more memory than one
//! of ten. What a state does with an item (`ItemSelector`) belongs to the execution; here are only the ends:
//! `ItemReader` before it, `ItemBatcher` after it.

use std::rc::Rc;

use serde_json::Value;

use crate::{Data, Failure};

mod reader;
mod file;
mod csv;
mod json;
mod json_lines;
#[cfg(feature = "parquet")]
mod parquet;
mod manifest;
mod compression;
mod text;
mod fault;
mod batches;
#[cfg(test)]
mod tests;

pub(crate) use batches::{Batches, ItemBatcher};
pub(crate) use reader::{ItemReader, Source, items};

/// The most that an item may have in its file: 8 MB, before `ItemSelector`.
const MAX_ITEM_BYTES: usize = 8 * 1024 * 1024;

/// One item of a Distributed Map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    /// `Map.Item.Value`.
    pub(crate) value: Value,
    /// `Map.Item.Key`: the name of the value, if an object is iterated over.
    pub(crate) key: Option<String>,
    /// `Map.Item.Source`: `STATE_DATA`, `S3://bucket` for a listing, `S3://bucket/key` for what stands in an object.
    ///
    /// Of a manifest and of `LOAD_AND_FLATTEN` that is the object with the item; that the service does not name the
    /// manifest instead is not known for sure.
    pub(crate) source: Rc<str>,
}

impl Item {
    /// What a child gets without an `ItemSelector`: the value; of an object's member `{"Key": …, "Value": …}`.
    ///
    /// The latter is not documented. Another emulator, which was compared with the service, does so.
    pub(crate) fn into_input(self) -> Value {
        match self.key {
            None => self.value,
            Some(key) => {
                let members = [("Key".to_owned(), key.into()), ("Value".to_owned(), self.value)];
                Value::Object(members.into_iter().collect())
            }
        }
    }
}

/// Items, one at a time. After an error there are none.
pub(crate) struct ItemStream {
    items: Box<dyn Iterator<Item = Result<Item, Failure>>>,
    left: u64,
}

impl ItemStream {
    fn new(items: Box<dyn Iterator<Item = Result<Item, Failure>>>, limit: u64) -> Self {
        Self { items, left: limit }
    }

    /// The elements of an array, or the members of an object, that the state itself has; `None` for any other value.
    pub(crate) fn of_state_data(data: &Data) -> Option<Self> {
        let source = Rc::from("STATE_DATA");
        let item =
            move |key, value: &Value| Ok(Item { value: value.clone(), key, source: Rc::clone(&source) });
        let data = data.clone();
        let items: Box<dyn Iterator<Item = Result<Item, Failure>>> = match data.json() {
            Value::Array(_) => {
                Box::new((0..).map_while(move |index: usize| Some(item(None, data.json().get(index)?))))
            }
            Value::Object(members) => {
                let keys: Vec<String> = members.keys().cloned().collect();
                Box::new(keys.into_iter().map_while(move |key| {
                    let value = data.json().get(&key)?;
                    Some(item(Some(key), value))
                }))
            }
            _ => return None,
        };
        Some(Self::new(items, u64::MAX))
    }
}

impl Iterator for ItemStream {
    type Item = Result<Item, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let item = self.items.next();
        if !matches!(item, Some(Ok(_))) {
            self.left = 0;
        }
        item
    }
}
