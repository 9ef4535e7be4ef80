use super::object::{FieldValue, Fields, Object, Visit};
use super::string_enum::string_enum;
use super::{Extra, Kind, States, Static};

/// `ItemProcessor` (or the older `Iterator`) of a Map state: the machine that runs for each item.
///
/// See [Map State](https://states-language.net/#map-state).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemProcessor {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `ProcessorConfig`: inside this execution, or as child executions; inline if absent.
    pub processor_config: Option<ProcessorConfig>,
    /// `StartAt`: the state that runs first. Required.
    pub start_at: Option<String>,
    /// `States`. Required, not empty.
    pub states: Option<States>,
    /// What does not belong here.
    pub extra: Extra,
}

string_enum! {
    /// `Mode` of a Map state.
    ProcessorMode {
        /// Iterations are part of this execution. The default.
        Inline = "INLINE",
        /// Iterations are child executions of their own.
        Distributed = "DISTRIBUTED",
    }
}

string_enum! {
    /// `ExecutionType` of a Distributed Map's children.
    ExecutionType {
        /// Standard workflows.
        Standard = "STANDARD",
        /// Express workflows, with their limits.
        Express = "EXPRESS",
    }
}

/// `ProcessorConfig` of an [`ItemProcessor`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProcessorConfig {
    /// `Mode`; `INLINE` if absent.
    pub mode: Option<Static<ProcessorMode>>,
    /// `ExecutionType`: required with `DISTRIBUTED`, forbidden with `INLINE`.
    pub execution_type: Option<Static<ExecutionType>>,
    /// What does not belong here.
    pub extra: Extra,
}

impl ItemProcessor {
    /// The mode: `INLINE` unless the configuration says otherwise; `None` if only the deployment knows it, or if
    /// what the file says is no mode.
    #[must_use]
    pub fn mode(&self) -> Option<ProcessorMode> {
        let (mode, is_garbled) = match &self.processor_config {
            None => (None, self.extra.contains("ProcessorConfig")),
            Some(config) => (config.mode.as_ref(), config.extra.contains("Mode")),
        };
        match mode {
            None => (!is_garbled).then_some(ProcessorMode::Inline),
            Some(mode) => mode.literal().copied(),
        }
    }

    /// The kind of execution that the children are; `None` for inline iterations.
    #[must_use]
    pub fn execution_type(&self) -> Option<ExecutionType> {
        self.processor_config.as_ref()?.execution_type.as_ref()?.literal().copied()
    }
}

impl Object for ItemProcessor {
    fn kind(&self) -> Kind {
        Kind::ItemProcessor
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Comment", self.comment.as_ref());
        fields.put("ProcessorConfig", self.processor_config.as_ref());
        fields.put("StartAt", self.start_at.as_ref());
        fields.put("States", self.states.as_ref());
    }
}

impl Object for ProcessorConfig {
    fn kind(&self) -> Kind {
        Kind::ProcessorConfig
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Mode", self.mode.as_ref().map(FieldValue::constant));
        fields.put("ExecutionType", self.execution_type.as_ref().map(FieldValue::constant));
    }
}
