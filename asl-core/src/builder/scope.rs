use crate::model::{self, ExecutionType, ProcessorConfig, ProcessorMode, QueryLanguage, States, Value};

use super::language::inherit;
use super::value::json;
use super::{JsonPath, StateOf, setters};

setters::builder! {
    /// One branch of a [`Parallel`](super::Parallel): a machine of its own, with its own scope of names and
    /// variables.
    ///
    /// Its states may be of both languages, as long as the machine's language allows it: see [`StateOf`]. Written
    /// alone, it tells the language of each; inside a state or a machine, where it differs.
    ///
    /// ```
    /// use asl_core::jsonpath::{Branch, Succeed, Task, next};
    /// use serde_json::json;
    /// let branch = Branch::new("Notify")
    ///     .state("Notify", Task::lambda("${NotifyArn}", next("Done")))
    ///     .state("Done", Succeed::new());
    /// assert_eq!(json!(branch)["StartAt"], "Notify");
    /// ```
    pub struct Branch(model::Branch);
}

setters::builder! {
    /// The machine that a [`Map`](super::Map) runs for each item, with its own scope of names and variables.
    ///
    /// Its states may be of both languages, as long as the machine's language allows it: see [`StateOf`]. Written
    /// alone, it tells the language of each; inside a state or a machine, where it differs.
    ///
    /// ```
    /// use asl_core::jsonpath::{ExecutionType, ItemProcessor, Task, end};
    /// use serde_json::json;
    /// let processor = ItemProcessor::single("ProcessOrder", Task::lambda("${ProcessOrderArn}", end()))
    ///     .distributed(ExecutionType::Express);
    /// assert_eq!(
    ///     json!(processor)["ProcessorConfig"],
    ///     json!({"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}),
    /// );
    /// ```
    pub struct ItemProcessor(model::ItemProcessor);
}

macro_rules! into_json {
    ($name:ident) => {
        /// The JSON as it stands in a machine whose `QueryLanguage` is not written: JSONata states tell theirs.
        impl From<$name> for Value {
            fn from(mut scope: $name) -> Self {
                inherit(scope.inner.states.as_mut(), QueryLanguage::JsonPath);
                json(&scope.inner)
            }
        }
    };
}

into_json!(Branch);
into_json!(ItemProcessor);

/// The functions of what has `StartAt` and `States` of its own.
macro_rules! scope {
    ($name:ident, $text:literal) => {
        #[doc = concat!("Starts with the state of this name; no states yet.")]
        ///
        /// ```
        #[doc = concat!("use asl_core::jsonpath::{Succeed, ", $text, "};")]
        #[doc = concat!("let scope = ", $text, "::new(\"A\").state(\"A\", Succeed::new());")]
        /// assert_eq!(serde_json::json!(scope)["StartAt"], "A");
        /// ```
        pub fn new(start_at: impl Into<String>) -> Self {
            Self {
                inner: model::$name {
                    start_at: Some(start_at.into()),
                    states: Some(States::new()),
                    ..model::$name::default()
                },
            }
        }

        /// Has one state, with which it starts.
        ///
        /// ```
        #[doc = concat!("use asl_core::jsonpath::{Succeed, ", $text, "};")]
        #[doc = concat!("let one = ", $text, "::single(\"A\", Succeed::new());")]
        #[doc = concat!("assert_eq!(one, ", $text, "::new(\"A\").state(\"A\", Succeed::new()));")]
        /// ```
        pub fn single(name: impl Into<String>, state: impl StateOf<JsonPath>) -> Self {
            let name = name.into();
            Self::new(name.clone()).state(name, state)
        }

        /// Adds to `States`. A name that is taken is reported by validation.
        ///
        /// ```
        #[doc = concat!("use asl_core::jsonpath::{Succeed, ", $text, "};")]
        #[doc = concat!("let scope = ", $text, "::new(\"A\").state(\"A\", Succeed::new());")]
        /// assert_eq!(serde_json::json!(scope)["States"]["A"]["Type"], "Succeed");
        /// ```
        pub fn state(mut self, name: impl Into<String>, state: impl StateOf<JsonPath>) -> Self {
            self.inner.states.get_or_insert_default().insert(name, state);
            self
        }
    };
}

impl Branch {
    scope!(Branch, "Branch");
    setters::comment!("Branch::single(\"A\", Succeed::new())");
}

impl ItemProcessor {
    scope!(ItemProcessor, "ItemProcessor");
    setters::comment!("ItemProcessor::single(\"A\", Succeed::new())");

    fn config(&mut self) -> &mut ProcessorConfig {
        self.inner.processor_config.get_or_insert_default()
    }

    /// Sets `Mode` to `INLINE`: the iterations are part of this execution, which is the default.
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemProcessor, Succeed};
    /// let processor = ItemProcessor::single("Each", Succeed::new()).inline();
    /// assert_eq!(serde_json::json!(processor)["ProcessorConfig"]["Mode"], "INLINE");
    /// ```
    pub fn inline(self) -> Self {
        self.mode(ProcessorMode::Inline)
    }

    /// Sets `Mode` to `DISTRIBUTED`: the iterations are child executions of their own, of the given type.
    ///
    /// ```
    /// use asl_core::jsonpath::{ExecutionType, ItemProcessor, Succeed};
    /// let processor = ItemProcessor::single("Each", Succeed::new()).distributed(ExecutionType::Standard);
    /// assert_eq!(serde_json::json!(processor)["ProcessorConfig"]["Mode"], "DISTRIBUTED");
    /// ```
    pub fn distributed(self, execution_type: ExecutionType) -> Self {
        self.mode(ProcessorMode::Distributed).execution_type(execution_type)
    }

    /// Sets `Mode`; [`inline`](Self::inline) and [`distributed`](Self::distributed) are shorter.
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemProcessor, Succeed, placeholder};
    /// let processor = ItemProcessor::single("Each", Succeed::new()).mode(placeholder("Mode"));
    /// assert_eq!(serde_json::json!(processor)["ProcessorConfig"]["Mode"], "${Mode}");
    /// ```
    pub fn mode(mut self, mode: impl super::IntoStatic<ProcessorMode>) -> Self {
        // Constants and placeholders are always held.
        self.config().mode = mode.into_static().ok();
        self
    }

    /// Sets `ExecutionType`: what the child executions are. Required with `DISTRIBUTED`, forbidden with `INLINE`.
    ///
    /// ```
    /// use asl_core::jsonpath::{ExecutionType, ItemProcessor, Succeed};
    /// let processor = ItemProcessor::single("Each", Succeed::new()).execution_type(ExecutionType::Express);
    /// assert_eq!(serde_json::json!(processor)["ProcessorConfig"]["ExecutionType"], "EXPRESS");
    /// ```
    pub fn execution_type(mut self, execution_type: impl super::IntoStatic<ExecutionType>) -> Self {
        self.config().execution_type = execution_type.into_static().ok();
        self
    }
}
