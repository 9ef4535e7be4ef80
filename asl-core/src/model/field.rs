//! The table of all fields: which object has which, in which language, with what inside.
//!
//! ASL.md §2.1 and §2.2 as data. To add a field: a row here, a member in the object's file (and in its `visit`),
//! a line in [`decode`](mod@crate::decode), a setter in the builders.

use super::QueryLanguage;

/// Which object of the language something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each variant is named as the object it stands for")]
pub enum Kind {
    StateMachine,
    Branch,
    ItemProcessor,
    ProcessorConfig,
    Task,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
    UnknownState,
    ChoiceRule,
    NestedRule,
    Retrier,
    Catcher,
    ItemReader,
    ReaderConfig,
    ItemBatcher,
    ResultWriter,
    WriterConfig,
}

/// What a field holds, as far as checking it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing that a rule over all fields looks into: constants, objects, arrays of objects.
    Plain,
    /// The name of a state in the same scope.
    StateName,
    /// Any path: `InputPath`, `OutputPath`.
    Path,
    /// A path that selects one node of the input, the Context Object or a variable.
    ReferencePath,
    /// A path that selects one node of the input or a variable, not of the Context Object.
    InputReferencePath,
    /// A place in the input that is written to.
    ResultPath,
    /// A Reference Path, or an intrinsic function that gives a string.
    PathOrIntrinsic,
    /// A payload template in JSONPath states, JSON with expressions in JSONata states.
    Payload,
    /// JSON that is never evaluated.
    Verbatim,
    /// A value that may be an expression in JSONata states.
    Value,
}

/// The numbers that a field takes, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The least.
    pub min: f64,
    /// The greatest; infinite where there is none.
    pub max: f64,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// The only language that has the field; `None` for both.
    pub language: Option<QueryLanguage>,
    /// Whether the object is invalid without it.
    pub required: bool,
    /// What it holds.
    pub content: Content,
    /// The numbers it takes, if it takes numbers.
    pub range: Option<Range>,
}

const fn field(name: &'static str, content: Content) -> Field {
    Field { name, language: None, required: false, content, range: None }
}

/// A field that no rule over all fields looks into.
const fn plain(name: &'static str) -> Field {
    field(name, Content::Plain)
}

impl Field {
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn jsonpath(mut self) -> Self {
        self.language = Some(QueryLanguage::JsonPath);
        self
    }

    const fn jsonata(mut self) -> Self {
        self.language = Some(QueryLanguage::Jsonata);
        self
    }

    const fn between(mut self, min: f64, max: f64) -> Self {
        self.range = Some(Range { min, max });
        self
    }

    const fn at_least(self, min: f64) -> Self {
        self.between(min, f64::INFINITY)
    }
}

/// The longest time that a field in seconds takes, about three years.
const MAX_SECONDS: f64 = 99_999_999.0;

const COMMENT: Field = plain("Comment");
const QUERY_LANGUAGE: Field = plain("QueryLanguage");
const START_AT: Field = field("StartAt", Content::StateName).required();
const STATES: Field = plain("States").required();
const TYPE: Field = plain("Type").required();
const INPUT_PATH: Field = field("InputPath", Content::Path).jsonpath();
const OUTPUT_PATH: Field = field("OutputPath", Content::Path).jsonpath();
const RESULT_PATH: Field = field("ResultPath", Content::ResultPath).jsonpath();
const PARAMETERS: Field = field("Parameters", Content::Payload).jsonpath();
const ARGUMENTS: Field = field("Arguments", Content::Payload).jsonata();
const RESULT_SELECTOR: Field = field("ResultSelector", Content::Payload).jsonpath();
const ASSIGN: Field = field("Assign", Content::Payload);
const OUTPUT: Field = field("Output", Content::Payload).jsonata();
const RETRY: Field = plain("Retry");
const CATCH: Field = plain("Catch");
const NEXT: Field = field("Next", Content::StateName);
const END: Field = plain("End");

const STATE_MACHINE: &[Field] = &[
    COMMENT,
    QUERY_LANGUAGE,
    plain("Version"),
    plain("TimeoutSeconds").between(0.0, MAX_SECONDS),
    START_AT,
    STATES,
];

const BRANCH: &[Field] = &[COMMENT, START_AT, STATES];

const ITEM_PROCESSOR: &[Field] = &[COMMENT, plain("ProcessorConfig"), START_AT, STATES];

const PROCESSOR_CONFIG: &[Field] = &[plain("Mode"), plain("ExecutionType")];

const TASK: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    plain("Resource").required(),
    INPUT_PATH,
    PARAMETERS,
    ARGUMENTS,
    field("Credentials", Content::Payload),
    field("TimeoutSeconds", Content::Value).between(1.0, MAX_SECONDS),
    field("TimeoutSecondsPath", Content::ReferencePath).jsonpath(),
    field("HeartbeatSeconds", Content::Value).between(1.0, MAX_SECONDS),
    field("HeartbeatSecondsPath", Content::ReferencePath).jsonpath(),
    RESULT_SELECTOR,
    RESULT_PATH,
    OUTPUT_PATH,
    ASSIGN,
    OUTPUT,
    RETRY,
    CATCH,
    NEXT,
    END,
];

const PASS: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    PARAMETERS,
    field("Result", Content::Verbatim).jsonpath(),
    RESULT_PATH,
    OUTPUT_PATH,
    ASSIGN,
    OUTPUT,
    NEXT,
    END,
];

const CHOICE: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    OUTPUT_PATH,
    plain("Choices").required(),
    field("Default", Content::StateName),
    ASSIGN,
    OUTPUT,
];

const WAIT: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    OUTPUT_PATH,
    field("Seconds", Content::Value).between(0.0, MAX_SECONDS),
    field("SecondsPath", Content::ReferencePath).jsonpath(),
    field("Timestamp", Content::Value),
    field("TimestampPath", Content::ReferencePath).jsonpath(),
    ASSIGN,
    OUTPUT,
    NEXT,
    END,
];

const SUCCEED: &[Field] = &[TYPE, COMMENT, QUERY_LANGUAGE, INPUT_PATH, OUTPUT_PATH, OUTPUT];

const FAIL: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    field("Error", Content::Value),
    field("ErrorPath", Content::PathOrIntrinsic).jsonpath(),
    field("Cause", Content::Value),
    field("CausePath", Content::PathOrIntrinsic).jsonpath(),
];

const PARALLEL: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    PARAMETERS,
    ARGUMENTS,
    plain("Branches").required(),
    RESULT_SELECTOR,
    RESULT_PATH,
    OUTPUT_PATH,
    ASSIGN,
    OUTPUT,
    RETRY,
    CATCH,
    NEXT,
    END,
];

const MAP: &[Field] = &[
    TYPE,
    COMMENT,
    QUERY_LANGUAGE,
    INPUT_PATH,
    field("Items", Content::Payload).jsonata(),
    field("ItemsPath", Content::ReferencePath).jsonpath(),
    plain("ItemReader"),
    field("ItemSelector", Content::Payload),
    PARAMETERS,
    plain("ItemBatcher"),
    field("MaxConcurrency", Content::Value).at_least(0.0),
    field("MaxConcurrencyPath", Content::InputReferencePath).jsonpath(),
    plain("ItemProcessor"),
    plain("Iterator"),
    field("ToleratedFailureCount", Content::Value).at_least(0.0),
    field("ToleratedFailureCountPath", Content::InputReferencePath).jsonpath(),
    field("ToleratedFailurePercentage", Content::Value).between(0.0, 100.0),
    field("ToleratedFailurePercentagePath", Content::InputReferencePath).jsonpath(),
    plain("Label"),
    plain("ResultWriter"),
    RESULT_SELECTOR,
    RESULT_PATH,
    OUTPUT_PATH,
    ASSIGN,
    OUTPUT,
    RETRY,
    CATCH,
    NEXT,
    END,
];

/// The comparators are not listed: [`Comparator::NAMES`](super::Comparator::NAMES) has them.
const CHOICE_RULE: &[Field] = &[
    COMMENT,
    field("Condition", Content::Value).jsonata(),
    plain("And").jsonpath(),
    plain("Or").jsonpath(),
    plain("Not").jsonpath(),
    field("Variable", Content::ReferencePath).jsonpath(),
    OUTPUT,
    ASSIGN,
    NEXT.required(),
];

const NESTED_RULE: &[Field] = &[
    COMMENT,
    plain("And").jsonpath(),
    plain("Or").jsonpath(),
    plain("Not").jsonpath(),
    field("Variable", Content::ReferencePath).jsonpath(),
];

/// A comparator, whatever its name.
const COMPARATOR: Field = field("", Content::Plain).jsonpath();

const RETRIER: &[Field] = &[
    COMMENT,
    plain("ErrorEquals").required(),
    // DIFFERENCE: the specification asks for a positive integer, the service takes 0
    plain("IntervalSeconds").between(0.0, MAX_SECONDS),
    plain("MaxAttempts").between(0.0, 99_999_999.0),
    plain("BackoffRate").at_least(1.0),
    plain("MaxDelaySeconds").between(1.0, 31_622_400.0),
    plain("JitterStrategy"),
];

const CATCHER: &[Field] =
    &[COMMENT, plain("ErrorEquals").required(), RESULT_PATH, OUTPUT, ASSIGN, NEXT.required()];

const ITEM_READER: &[Field] = &[plain("Resource").required(), plain("ReaderConfig"), PARAMETERS, ARGUMENTS];

const READER_CONFIG: &[Field] = &[
    plain("InputType"),
    plain("Transformation"),
    plain("ManifestType"),
    plain("CSVDelimiter"),
    plain("CSVHeaderLocation"),
    plain("CSVHeaders"),
    field("MaxItems", Content::Value).between(0.0, 100_000_000.0),
    field("MaxItemsPath", Content::InputReferencePath).jsonpath(),
    plain("ItemsPointer"),
];

const ITEM_BATCHER: &[Field] = &[
    field("MaxItemsPerBatch", Content::Value).at_least(1.0),
    field("MaxItemsPerBatchPath", Content::InputReferencePath).jsonpath(),
    field("MaxInputBytesPerBatch", Content::Value).between(1.0, 262_144.0),
    field("MaxInputBytesPerBatchPath", Content::InputReferencePath).jsonpath(),
    field("BatchInput", Content::Payload),
];

const RESULT_WRITER: &[Field] = &[plain("Resource"), plain("WriterConfig"), PARAMETERS, ARGUMENTS];

const WRITER_CONFIG: &[Field] = &[plain("Transformation"), plain("OutputType")];

impl Kind {
    /// The kinds that are states.
    pub const STATES: &'static [Self] = &[
        Self::Task,
        Self::Wait,
        Self::Pass,
        Self::Succeed,
        Self::Fail,
        Self::Choice,
        Self::Parallel,
        Self::Map,
    ];

    /// The fields of such an object in canonical order; the comparators of a rule are left out.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::StateMachine => STATE_MACHINE,
            Self::Branch => BRANCH,
            Self::ItemProcessor => ITEM_PROCESSOR,
            Self::ProcessorConfig => PROCESSOR_CONFIG,
            Self::Task => TASK,
            Self::Pass => PASS,
            Self::Choice => CHOICE,
            Self::Wait => WAIT,
            Self::Succeed => SUCCEED,
            Self::Fail => FAIL,
            Self::Parallel => PARALLEL,
            Self::Map => MAP,
            Self::UnknownState => &[],
            Self::ChoiceRule => CHOICE_RULE,
            Self::NestedRule => NESTED_RULE,
            Self::Retrier => RETRIER,
            Self::Catcher => CATCHER,
            Self::ItemReader => ITEM_READER,
            Self::ReaderConfig => READER_CONFIG,
            Self::ItemBatcher => ITEM_BATCHER,
            Self::ResultWriter => RESULT_WRITER,
            Self::WriterConfig => WRITER_CONFIG,
        }
    }

    /// The row of one field.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'static Field> {
        let listed = self.fields().iter().find(|field| field.name == name);
        let is_rule = matches!(self, Self::ChoiceRule | Self::NestedRule);
        listed.or_else(|| (is_rule && super::Comparator::from_name(name).is_some()).then_some(&COMPARATOR))
    }

    /// The word of the specification for such an object; for a state, the value of its `Type`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::StateMachine => "state machine",
            Self::Branch => "branch",
            Self::ItemProcessor => "ItemProcessor",
            Self::ProcessorConfig => "ProcessorConfig",
            Self::Task => "Task",
            Self::Pass => "Pass",
            Self::Choice => "Choice",
            Self::Wait => "Wait",
            Self::Succeed => "Succeed",
            Self::Fail => "Fail",
            Self::Parallel => "Parallel",
            Self::Map => "Map",
            Self::UnknownState => "state",
            Self::ChoiceRule => "Choice rule",
            Self::NestedRule => "nested Choice rule",
            Self::Retrier => "retrier",
            Self::Catcher => "catcher",
            Self::ItemReader => "ItemReader",
            Self::ReaderConfig => "ReaderConfig",
            Self::ItemBatcher => "ItemBatcher",
            Self::ResultWriter => "ResultWriter",
            Self::WriterConfig => "WriterConfig",
        }
    }

    /// Whether such an object is a state.
    #[must_use]
    pub const fn is_state(self) -> bool {
        matches!(
            self,
            Self::Task
                | Self::Pass
                | Self::Choice
                | Self::Wait
                | Self::Succeed
                | Self::Fail
                | Self::Parallel
                | Self::Map
                | Self::UnknownState
        )
    }
}
