//! A world of closures by state.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use asl_local::TaskError;
use asl_local::world::{Call, Object, Outcome, Reply, World};
use serde_json::Value;

type Answer = Box<dyn FnMut(&Call<'_>) -> Reply>;

#[derive(Clone, Default)]
pub(crate) struct Tasks {
    answers: Rc<RefCell<BTreeMap<String, Answer>>>,
    pub(crate) objects: Rc<RefCell<BTreeMap<String, Vec<u8>>>>,
}

impl Tasks {
    pub(crate) fn reply(self, state: &str, reply: impl FnMut(&Call<'_>) -> Reply + 'static) -> Self {
        self.answers.borrow_mut().insert(state.to_owned(), Box::new(reply));
        self
    }

    pub(crate) fn on(self, state: &str, mut answer: impl FnMut(&Value) -> Value + 'static) -> Self {
        self.reply(state, move |call| at_once(Outcome::Success(answer(call.input))))
    }

    pub(crate) fn fails(self, state: &str, error: &'static str, cause: &'static str) -> Self {
        self.reply(state, move |_| at_once(Outcome::Failure(TaskError::new(error, cause))))
    }

    pub(crate) fn object(self, key: &str, body: &str) -> Self {
        self.objects.borrow_mut().insert(key.to_owned(), body.into());
        self
    }
}

pub(crate) fn at_once(outcome: Outcome) -> Reply {
    Reply { after: Duration::ZERO, submitted: None, outcome }
}

impl World for Tasks {
    fn call(&mut self, call: &Call<'_>) -> Reply {
        match self.answers.borrow_mut().get_mut(call.state) {
            Some(answer) => answer(call),
            None => at_once(Outcome::Failure(TaskError::new("States.Runtime", "there is no answer"))),
        }
    }

    fn get_object(&mut self, _: &str, key: &str) -> Result<Vec<u8>, TaskError> {
        self.objects.borrow().get(key).cloned().ok_or_else(|| TaskError::new("S3.NoSuchKeyException", key))
    }

    fn list_objects(&mut self, _: &str, prefix: &str) -> Result<Vec<Object>, TaskError> {
        let objects = self.objects.borrow();
        let listed = objects.iter().filter(|(key, _)| key.starts_with(prefix)).map(|(key, body)| Object {
            key: key.clone(),
            size: body.len() as u64,
            etag: "e".to_owned(),
            last_modified: 0.0,
            storage_class: "STANDARD".to_owned(),
        });
        Ok(listed.collect())
    }

    fn put_object(&mut self, _: &str, key: &str, body: Vec<u8>) -> Result<(), TaskError> {
        self.objects.borrow_mut().insert(key.to_owned(), body);
        Ok(())
    }
}
