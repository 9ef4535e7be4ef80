use std::marker::PhantomData;

use crate::Validation;
use crate::model::{self, QueryLanguage, States, WorkflowType};

use super::language::in_machine;
use super::{IntoStaticSeconds, JsonPath, Jsonata, Language, StateOf, setters};

setters::builder! {
    /// A state machine on its way: states are added one after the other, and checked together at the end.
    ///
    /// The states of a JSONPath machine may be of both languages; those of a JSONata machine are JSONata states, or it
    /// does not compile. `QueryLanguage` is written where it is needed, and nowhere else.
    ///
    /// ```
    /// use asl_core::jsonpath::{StateMachine, Task, end};
    /// let machine = StateMachine::builder("SayHello")
    ///     .comment("first state machine")
    ///     .state("SayHello", Task::lambda("${HelloArn}", end()))
    ///     .validate()?;
    /// assert_eq!(
    ///     machine.to_json(),
    ///     concat!(
    ///         r#"{"Comment":"first state machine","StartAt":"SayHello","States":{"SayHello":"#,
    ///         r#"{"Type":"Task","Resource":"${HelloArn}","End":true}}}"#,
    ///     ),
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// A JSONata state in a JSONPath machine says so itself:
    ///
    /// ```
    /// use asl_core::jsonpath::{self, StateMachine};
    /// use asl_core::jsonata::{self, jsonata};
    /// use serde_json::json;
    /// let machine = StateMachine::builder("Add")
    ///     .state("Add", jsonata::Pass::new(jsonata::next("Done")).output(jsonata("$states.input.n + 1")))
    ///     .state("Done", jsonpath::Succeed::new())
    ///     .build();
    /// let json = json!(machine);
    /// assert_eq!(json["States"]["Add"]["QueryLanguage"], "JSONata");
    /// assert_eq!(json["States"]["Done"], json!({"Type": "Succeed"}));
    /// ```
    ///
    /// A JSONPath state cannot stand in a JSONata machine:
    ///
    /// ```compile_fail,E0277
    /// use asl_core::{jsonata, jsonpath};
    /// let machine = jsonata::StateMachine::builder("A").state("A", jsonpath::Succeed::new());
    /// ```
    pub struct StateMachine<L>(model::StateMachine);
}

impl model::StateMachine {
    /// Starts a machine whose language is JSONPath, with `StartAt`; the same as
    /// [`jsonpath::StateMachine::builder`](crate::builder::StateMachine::builder).
    ///
    /// ```
    /// use asl_core::jsonpath::Succeed;
    /// use asl_core::model::StateMachine;
    /// let machine = StateMachine::builder("Done").state("Done", Succeed::new()).build();
    /// assert_eq!(machine.query_language, None);
    /// ```
    pub fn builder(start_at: impl Into<String>) -> StateMachine<JsonPath> {
        StateMachine::builder(start_at)
    }

    /// Starts a machine whose language is JSONata, with `StartAt`; the same as
    /// [`jsonata::StateMachine::builder`](crate::builder::StateMachine::builder).
    ///
    /// ```
    /// use asl_core::jsonata::Succeed;
    /// use asl_core::model::{QueryLanguage, StateMachine};
    /// let machine = StateMachine::jsonata_builder("Done").state("Done", Succeed::new()).build();
    /// assert_eq!(machine.query_language, Some(QueryLanguage::Jsonata));
    /// ```
    pub fn jsonata_builder(start_at: impl Into<String>) -> StateMachine<Jsonata> {
        StateMachine::builder(start_at)
    }
}

impl<L: Language> StateMachine<L> {
    /// Starts a machine, with `StartAt`: the name of the state that runs first.
    ///
    /// ```
    /// use asl_core::jsonata::{StateMachine, Succeed};
    /// let machine = StateMachine::new("Done").state("Done", Succeed::new()).build();
    /// assert_eq!(serde_json::json!(machine)["StartAt"], "Done");
    /// assert_eq!(serde_json::json!(machine)["QueryLanguage"], "JSONata");
    /// ```
    pub fn new(start_at: impl Into<String>) -> Self {
        Self::from_model(model::StateMachine {
            query_language: match L::QUERY_LANGUAGE {
                // The default is not written.
                QueryLanguage::JsonPath => None,
                QueryLanguage::Jsonata => Some(QueryLanguage::Jsonata),
            },
            start_at: Some(start_at.into()),
            states: Some(States::new()),
            ..model::StateMachine::default()
        })
    }

    /// The same as [`new`](Self::new), named as in [`model::StateMachine`].
    ///
    /// ```
    /// use asl_core::jsonpath::StateMachine;
    /// assert_eq!(StateMachine::builder("Done"), StateMachine::new("Done"));
    /// ```
    pub fn builder(start_at: impl Into<String>) -> Self {
        Self::new(start_at)
    }

    /// Adds to `States`. Names are checked by validation, one that is taken too; so are those of states that follow.
    ///
    /// ```
    /// use asl_core::jsonpath::{StateMachine, Succeed};
    /// let twice = StateMachine::builder("A").state("A", Succeed::new()).state("A", Succeed::new());
    /// assert!(twice.validate().is_err());
    /// ```
    pub fn state(mut self, name: impl Into<String>, state: impl StateOf<L>) -> Self {
        self.inner.states.get_or_insert_default().insert(name, in_machine::<L>(state));
        self
    }

    setters::comment!("StateMachine::builder(\"A\")");

    /// Sets `TimeoutSeconds`: how long an execution may run, at most 99,999,999 seconds.
    ///
    /// ```
    /// use asl_core::jsonpath::StateMachine;
    /// assert_eq!(serde_json::json!(StateMachine::builder("A").timeout_seconds(60))["TimeoutSeconds"], 60);
    /// ```
    pub fn timeout_seconds(mut self, seconds: impl IntoStaticSeconds) -> Self {
        self.inner.timeout_seconds = Some(seconds.into_static_seconds());
        self
    }

    /// Sets `TimeoutSeconds` to a duration, a part of a second rounded up; a bare number is seconds.
    ///
    /// ```
    /// use asl_core::jsonpath::{StateMachine, hours};
    /// assert_eq!(serde_json::json!(StateMachine::builder("A").timeout(hours(1)))["TimeoutSeconds"], 3_600);
    /// ```
    pub fn timeout(self, timeout: impl IntoStaticSeconds) -> Self {
        self.timeout_seconds(timeout)
    }

    /// Sets `Version` of the language: `1.0`, which it is anyway.
    ///
    /// ```
    /// use asl_core::jsonpath::StateMachine;
    /// assert_eq!(serde_json::json!(StateMachine::builder("A").version("1.0"))["Version"], "1.0");
    /// ```
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.inner.version = Some(version.into());
        self
    }

    /// The machine, not validated.
    ///
    /// No state, nested ones included, has a `QueryLanguage` that the machine has already.
    ///
    /// ```
    /// use asl_core::jsonpath::{StateMachine, Succeed};
    /// let machine = StateMachine::builder("Done").state("Done", Succeed::new()).build();
    /// assert_eq!(machine.state("Done").unwrap().query_language(), None);
    /// ```
    #[must_use]
    pub fn build(self) -> model::StateMachine {
        self.inner
    }

    /// The machine, proven to be valid as a Standard workflow.
    ///
    /// ```
    /// use asl_core::jsonpath::{Pass, StateMachine, next};
    /// let invalid = StateMachine::builder("Fetch").state("Fetch", Pass::new(next("Bill"))).validate().unwrap_err();
    /// assert_eq!(invalid.findings[0].code.as_str(), "ASL0301");
    /// ```
    ///
    /// # Errors
    ///
    /// If any rule finds an error: the machine, and all findings.
    pub fn validate(self) -> Validation {
        self.build().validate()
    }

    /// The machine, proven to be valid as a workflow of the given type.
    ///
    /// ```
    /// use asl_core::jsonpath::{StateMachine, Succeed};
    /// use asl_core::model::WorkflowType;
    /// let machine = StateMachine::builder("Done").state("Done", Succeed::new());
    /// assert!(machine.validate_as(WorkflowType::Express).is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// If any rule finds an error: the machine, and all findings.
    pub fn validate_as(self, workflow_type: WorkflowType) -> Validation {
        self.build().validate_as(workflow_type)
    }
}
