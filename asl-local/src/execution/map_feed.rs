//! The inputs of the children of a Distributed Map, one at a time.

use std::cell::OnceCell;
use std::rc::Rc;

use serde_json::{Value, json};

use super::variables::Variables;
use crate::data::Scope;
use crate::items::{Batches, Item, ItemStream};
use crate::program::{Program, StateId, Work};
use crate::random::Random;
use crate::{Data, Failure};

/// Inputs of children: items as `ItemSelector` makes them, or batches of those.
pub(super) enum Feed {
    Items(Selected),
    Batches(Batches<Selected>),
}

impl Feed {
    /// The next child's input, and how many items are in it.
    pub(super) fn next(&mut self) -> Option<Result<(Data, u64), Failure>> {
        match self {
            Self::Items(items) => Some(items.next()?.map(|input| (Data::from(input), 1))),
            Self::Batches(batches) => {
                let batch = batches.next()?;
                Some(batch.map(|batch| (Data::from(batch.input), batch.items.try_into().unwrap_or(u64::MAX))))
            }
        }
    }
}

/// Items as `ItemSelector` makes them. What it sees was there when the state was entered.
pub(super) struct Selected {
    pub(super) stream: ItemStream,
    pub(super) program: Rc<Program>,
    pub(super) state: StateId,
    pub(super) effective: Data,
    pub(super) variables: Rc<Variables>,
    /// The Context Object without `Map`.
    pub(super) context: Value,
    pub(super) random: Rc<dyn Random>,
    pub(super) now: i64,
    pub(super) index: u64,
}

impl Iterator for Selected {
    type Item = Result<Value, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = match self.stream.next()? {
            Ok(item) => item,
            Err(failure) => return Some(Err(failure)),
        };
        let index = self.index;
        self.index += 1;
        let program = Rc::clone(&self.program);
        let Work::Map(map) = &program.state(self.state).work else { return None };
        let Some((field, selector)) = &map.selector else { return Some(Ok(item.into_input())) };
        let here = OfItem { selected: self, item: &item, index, context: OnceCell::new() };
        Some(selector.evaluate(field, &here).map(|data| data.json().clone()))
    }
}

/// What `ItemSelector` sees of one item.
struct OfItem<'a> {
    selected: &'a Selected,
    item: &'a Item,
    index: u64,
    context: OnceCell<Data>,
}

impl Scope for OfItem<'_> {
    fn now(&self) -> i64 {
        self.selected.now
    }

    fn random(&self) -> u64 {
        self.selected.random.next_u64()
    }

    fn input(&self) -> &Data {
        &self.selected.effective
    }

    fn context(&self) -> &Data {
        self.context.get_or_init(|| {
            let mut context = self.selected.context.clone();
            let mut object =
                json!({"Index": self.index, "Value": self.item.value, "Source": &*self.item.source});
            if let Some(key) = &self.item.key {
                object["Key"] = key.as_str().into();
            }
            context["Map"] = json!({"Item": object});
            Data::from(context)
        })
    }

    fn variable(&self, name: &str) -> Option<&Data> {
        self.selected.variables.get(name)
    }
}
