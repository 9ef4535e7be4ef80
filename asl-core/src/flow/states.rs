//! Graphs as states of the model.

use super::effect::{Task, WaitFor};
use super::graph::{Edge, EffectNode, Graph, MapWork, NodeId, NodeKind, Work};
use super::names::Sources;
use super::payload::output;
use super::program::Name;
use super::variables::Variables;
use crate::model::state::{self, Processor, WaitUntil};
use crate::model::{
    self, Catcher, ChoiceRule, Dynamic, Extra, ItemBatcher, ItemProcessor, ItemReader, JsonObject,
    ProcessorConfig, ProcessorMode, ResultWriter, State, States, Static, Test, Transition, Value,
    ValueOrPath,
};
use crate::syntax::jsonata::{Expression, Kind};

/// Writes the states of a program.
pub(super) struct StateWriter<'a> {
    pub(super) variables: &'a Variables,
    pub(super) sources: Sources,
}

impl StateWriter<'_> {
    /// The states of a scope, the first of them first.
    pub(super) fn scope(&mut self, graph: &Graph) -> (String, States) {
        let order = graph.reading_order();
        let mut names = vec![String::new(); graph.nodes.len()];
        for node in &order {
            if let Name::Given(name) = &graph.nodes[*node].name {
                names[*node].clone_from(name);
            }
            self.sources.insert(names[*node].clone(), graph.nodes[*node].source);
        }
        let mut states = States::new();
        for node in order {
            states.insert(names[node].clone(), self.state(graph, node, &names));
        }
        (names[graph.entry.target].clone(), states)
    }

    fn state(&mut self, graph: &Graph, node: NodeId, names: &[String]) -> State {
        match &graph.nodes[node].kind {
            NodeKind::Choice { rules, default } => {
                let rules = rules.iter().map(|(condition, edge)| self.rule(condition, edge, names));
                let choices = Some(rules.collect());
                let last = default.as_ref();
                model::state::Choice {
                    choices,
                    default: last.map(|edge| names[edge.target].clone()),
                    assign: last.and_then(|edge| self.assign(edge)),
                    output: last.and_then(|edge| self.output(edge)),
                    ..state::Choice::default()
                }
                .into()
            }
            NodeKind::Pass(edge) => {
                let (assign, given, transition) = self.leave(graph, edge, names);
                pass(assign, given, transition).into()
            }
            NodeKind::Fail { error, cause } => {
                let text = |value: &Expression| {
                    let is_null = matches!(value.kind, Kind::Null);
                    (!is_null).then(|| ValueOrPath::Value(self.variables.text(value)))
                };
                state::Fail { error: text(error), cause: text(cause), ..state::Fail::default() }.into()
            }
            NodeKind::Effect(effect) => self.effect(graph, effect, names),
            NodeKind::Succeed(value) => {
                let output = value.as_ref().map(|value| output(self.variables.payload(value)));
                state::Succeed { output, ..state::Succeed::default() }.into()
            }
            // neither is reached once a graph is settled
            NodeKind::Return(_) | NodeKind::Jump { .. } => state::Succeed::default().into(),
        }
    }

    fn effect(&mut self, graph: &Graph, effect: &EffectNode, names: &[String]) -> State {
        let (assign, output, transition) = self.leave(graph, &effect.next, names);
        let catch = self.catch(effect, names);
        let retry = (!effect.retry.is_empty()).then(|| effect.retry.clone());
        let comment = effect.comment.clone();
        match &effect.kind {
            Work::Task(task) => {
                let task = self.task(task, transition);
                state::Task { comment, assign, output, retry, catch, ..task }.into()
            }
            Work::Wait(time) => state::Wait {
                comment,
                query_language: None,
                input_path: None,
                output_path: None,
                until: Some(match time {
                    WaitFor::Seconds(time) => WaitUntil::Seconds(self.variables.whole(time)),
                    WaitFor::Timestamp(time) => WaitUntil::Timestamp(self.variables.text(time)),
                }),
                assign,
                output,
                transition,
                extra: Extra::new(),
            }
            .into(),
            Work::Parallel(branches) => state::Parallel {
                comment,
                query_language: None,
                input_path: None,
                parameters: None,
                arguments: None,
                branches: Some(branches.iter().map(|branch| self.branch(branch)).collect()),
                result_selector: None,
                result_path: None,
                output_path: None,
                assign,
                output,
                retry,
                catch,
                transition,
                extra: Extra::new(),
            }
            .into(),
            Work::Map(map) => {
                let map = self.map(map, transition);
                state::Map { comment, assign, output, retry, catch, ..map }.into()
            }
        }
    }

    fn task(&self, task: &Task, transition: Transition) -> state::Task {
        let whole =
            |value: &Option<Expression>| value.as_ref().map(|value| self.variables.whole_or_path(value));
        state::Task {
            comment: None,
            query_language: None,
            resource: Some(task.resource.clone()),
            input_path: None,
            parameters: None,
            arguments: Some(self.variables.payload(&task.arguments)),
            credentials: task.credentials.as_ref().map(|value| self.variables.payload(value)),
            timeout_seconds: whole(&task.timeout_seconds),
            heartbeat_seconds: whole(&task.heartbeat_seconds),
            result_selector: None,
            result_path: None,
            output_path: None,
            assign: None,
            output: None,
            retry: None,
            catch: None,
            transition,
            extra: Extra::new(),
        }
    }

    fn branch(&mut self, graph: &Graph) -> model::Branch {
        let (start_at, states) = self.scope(graph);
        model::Branch { start_at: Some(start_at), states: Some(states), ..model::Branch::default() }
    }

    fn map(&mut self, map: &MapWork, transition: Transition) -> state::Map {
        let (start_at, states) = self.scope(&map.body);
        let payload = |value: &Expression| self.variables.payload(value);
        let whole = |value: &Expression| self.variables.whole_or_path(value);
        let distributed = map.distributed.as_ref();
        let config = distributed.map(|distributed| ProcessorConfig {
            mode: Some(Static::Literal(ProcessorMode::Distributed)),
            execution_type: Some(Static::Literal(distributed.execution_type)),
            extra: Extra::new(),
        });
        let reader = distributed.and_then(|distributed| distributed.reader.as_ref());
        let batches = distributed.and_then(|distributed| distributed.batches.as_ref());
        let writer = distributed.and_then(|distributed| distributed.writer.as_ref());
        let count = distributed.and_then(|distributed| distributed.tolerated_failure_count.as_ref());
        let share = distributed.and_then(|distributed| distributed.tolerated_failure_percentage.as_ref());
        state::Map {
            comment: None,
            query_language: None,
            input_path: None,
            items: map.items.as_ref().map(payload),
            items_path: None,
            item_reader: reader.map(|reader| ItemReader {
                resource: Some(reader.resource.clone()),
                reader_config: reader.config.clone(),
                arguments: Some(payload(&reader.arguments)),
                ..ItemReader::default()
            }),
            item_selector: map.selector.as_ref().map(payload),
            parameters: None,
            item_batcher: batches.map(|batches| ItemBatcher {
                max_items_per_batch: batches.max_items.as_ref().map(whole),
                max_input_bytes_per_batch: batches.max_bytes.as_ref().map(whole),
                batch_input: map.batch_input.as_ref().map(payload),
                extra: Extra::new(),
            }),
            max_concurrency: map.max_concurrency.as_ref().map(whole),
            processor: Some(Processor::ItemProcessor(ItemProcessor {
                comment: None,
                processor_config: config,
                start_at: Some(start_at),
                states: Some(states),
                extra: Extra::new(),
            })),
            tolerated_failure_count: count.map(whole),
            tolerated_failure_percentage: share.map(|share| self.variables.number_or_path(share)),
            label: distributed.and_then(|distributed| distributed.label.clone()),
            result_writer: writer.map(|writer| ResultWriter {
                resource: writer.target.as_ref().map(|(resource, _)| resource.clone()),
                writer_config: writer.config.clone(),
                parameters: None,
                arguments: writer.target.as_ref().map(|(_, arguments)| payload(arguments)),
                extra: Extra::new(),
            }),
            result_selector: None,
            result_path: None,
            output_path: None,
            assign: None,
            output: None,
            retry: None,
            catch: None,
            transition,
            extra: Extra::new(),
        }
    }

    fn rule(&self, condition: &Expression, edge: &Edge, names: &[String]) -> ChoiceRule {
        let condition = match self.variables.written(condition).kind {
            Kind::Boolean(holds) => Dynamic::Literal(holds),
            _ => Dynamic::Expression(self.variables.expression(condition)),
        };
        ChoiceRule {
            test: Some(Test::Condition(condition)),
            output: self.output(edge),
            assign: self.assign(edge),
            next: Some(names[edge.target].clone()),
            ..ChoiceRule::default()
        }
    }

    fn catch(&self, effect: &EffectNode, names: &[String]) -> Option<Vec<Catcher>> {
        let catchers = effect.catchers.iter().map(|(errors, edge)| Catcher {
            error_equals: Some(errors.clone()),
            output: self.output(edge),
            assign: self.assign(edge),
            next: Some(names[edge.target].clone()),
            ..Catcher::default()
        });
        (!effect.catchers.is_empty()).then(|| catchers.collect())
    }

    /// How a state is left that can end its scope itself.
    fn leave(
        &self,
        graph: &Graph,
        edge: &Edge,
        names: &[String],
    ) -> (Option<JsonObject>, Option<Value>, Transition) {
        let is_end = matches!(graph.nodes[edge.target].kind, NodeKind::Succeed(_));
        let transition = if is_end { Transition::End } else { Transition::Next(names[edge.target].clone()) };
        let is_result = edge.output.as_ref() == Some(&super::effect::result());
        let output = if is_result { None } else { self.output(edge) };
        (self.assign(edge), output, transition)
    }

    fn output(&self, edge: &Edge) -> Option<Value> {
        edge.output.as_ref().map(|value| output(self.variables.payload(value)))
    }

    fn assign(&self, edge: &Edge) -> Option<JsonObject> {
        let set = edge.sets.first()?;
        let name = |local| self.variables.name_of(local).unwrap_or_default().to_owned();
        Some(set.iter().map(|(local, value)| (name(local), self.variables.payload(value))).collect())
    }
}

fn pass(assign: Option<JsonObject>, output: Option<Value>, transition: Transition) -> state::Pass {
    state::Pass {
        comment: None,
        query_language: None,
        input_path: None,
        parameters: None,
        result: None,
        result_path: None,
        output_path: None,
        assign,
        output,
        transition,
        extra: Extra::new(),
    }
}
