//! The proof that the builders reach every field of the language, and none that its language does not have.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use asl_core::jsonata::{self, jsonata, payload};
use asl_core::jsonpath::{
    Branch, ExecutionType, ItemProcessor, JitterStrategy, Retrier, end, next, not, path, template, var,
};
use asl_core::model::{
    CsvDelimiter, CsvHeaderLocation, FieldValue, InputType, Kind, ManifestType, Object, OutputType,
    QueryLanguage, ReaderTransformation, StateMachine, States, WriterTransformation,
};
use asl_core::{decode, jsonpath};

type Fields = BTreeMap<&'static str, BTreeSet<&'static str>>;

/// Notes which fields the object and all objects in it have.
fn walk(object: &dyn Object, fields: &mut Fields) {
    assert!(object.extra().is_empty(), "{:?}", object.extra());
    let kind = object.kind().name();
    object.visit(&mut |name, value| {
        fields.entry(kind).or_default().insert(name);
        match value {
            FieldValue::Object(inner) => walk(inner, fields),
            FieldValue::States(states) => states.iter().for_each(|(_, state)| walk(state.object(), fields)),
            FieldValue::Branches(branches) => branches.iter().for_each(|inner| walk(inner, fields)),
            FieldValue::Retriers(retriers) => retriers.iter().for_each(|inner| walk(inner, fields)),
            FieldValue::Catchers(catchers) => catchers.iter().for_each(|inner| walk(inner, fields)),
            FieldValue::Rules(rules) => rules.iter().for_each(|inner| walk(inner, fields)),
            FieldValue::Text(_)
            | FieldValue::Flag(_)
            | FieldValue::StaticInteger(_)
            | FieldValue::StaticNumber(_)
            | FieldValue::Integer(_)
            | FieldValue::Number(_)
            | FieldValue::DynamicText(_)
            | FieldValue::DynamicFlag(_)
            | FieldValue::Path(_)
            | FieldValue::PathOrNull(_)
            | FieldValue::Json(_)
            | FieldValue::JsonObject(_)
            | FieldValue::Operand(..)
            | FieldValue::Texts(_) => {}
        }
    });
}

/// The fields of the table that a language has, but the comparators.
fn table(kinds: &[Kind], language: QueryLanguage) -> Fields {
    let fields = |kind: &Kind| {
        let here = kind.fields().iter().filter(|field| field.language.is_none_or(|only| only == language));
        here.map(|field| field.name).collect()
    };
    kinds.iter().map(|kind| (kind.name(), fields(kind))).collect()
}

const KINDS: &[Kind] = &[
    Kind::StateMachine,
    Kind::Branch,
    Kind::ItemProcessor,
    Kind::ProcessorConfig,
    Kind::Task,
    Kind::Pass,
    Kind::Choice,
    Kind::Wait,
    Kind::Succeed,
    Kind::Fail,
    Kind::Parallel,
    Kind::Map,
    Kind::ChoiceRule,
    Kind::Retrier,
    Kind::Catcher,
    Kind::ItemReader,
    Kind::ReaderConfig,
    Kind::ItemBatcher,
    Kind::ResultWriter,
    Kind::WriterConfig,
];

fn retrier() -> Retrier {
    Retrier::all()
        .comment("c")
        .interval_seconds(1)
        .max_attempts(2)
        .backoff_rate(1.5)
        .max_delay_seconds(9)
        .jitter_strategy(JitterStrategy::Full)
}

fn processor() -> ItemProcessor {
    ItemProcessor::single("Each", jsonpath::Succeed::new()).comment("c").distributed(ExecutionType::Standard)
}

/// A machine in which every field of JSONPath stands somewhere. It is read by this file alone: no rule holds for it.
#[expect(clippy::too_many_lines, reason = "one machine, a line a field")]
fn jsonpath_machine() -> StateMachine {
    use asl_core::jsonpath::{
        Catcher, Choice, Fail, ItemBatcher, ItemReader, Map, Parallel, Pass, ResultWriter, Rule, Succeed,
        Task, Wait,
    };
    let catcher = || Catcher::all("Z").comment("c").result_path("$.e").assign_variable("x", path("$.Error"));
    let reader = || {
        ItemReader::s3_objects("b")
            .input_type(InputType::Csv)
            .transformation(ReaderTransformation::LoadAndFlatten)
            .manifest_type(ManifestType::AthenaData)
            .csv_delimiter(CsvDelimiter::Tab)
            .csv_header_location(CsvHeaderLocation::Given)
            .csv_headers(["h"])
            .items_pointer("/p")
    };
    let writer =
        ResultWriter::s3("b").transformation(WriterTransformation::Compact).output_type(OutputType::Json);
    jsonpath::StateMachine::builder("Task")
        .comment("c")
        .timeout_seconds(1)
        .version("1.0")
        .state(
            "Task",
            Task::new("${Arn}", next("Pass"))
                .comment("c")
                .input_path("$.i")
                .parameters(template().set("p", 1))
                .credentials(json!({"RoleArn": "r"}))
                .timeout_seconds(2)
                .heartbeat_seconds(1)
                .result_selector(template().set("s", 1))
                .result_path("$.r")
                .output_path("$.o")
                .assign_variable("x", 1)
                .retry(retrier())
                .catch(catcher()),
        )
        .state(
            "TaskByPath",
            Task::new("${Arn}", end()).timeout_seconds_path("$.t").heartbeat_seconds_path("$.h"),
        )
        .state(
            "Pass",
            Pass::new(next("Wait"))
                .comment("c")
                .input_path("$.i")
                .parameters(json!({"p": 1}))
                .result(1)
                .result_path("$.r")
                .output_path("$.o")
                .assign_variable("x", 1),
        )
        .state("PassEnd", Pass::new(end()))
        .state(
            "Choice",
            Choice::new()
                .comment("c")
                .input_path("$.i")
                .output_path("$.o")
                .rule(Rule::when(var("$.a").eq(1), "Z").comment("c").assign_variable("x", 1))
                .when(var("$.a").eq(1).or(var("$.b").eq(1)), "Z")
                .when(var("$.a").eq(1).and(var("$.b").eq(1).comment("c")), "Z")
                .when(not(var("$.a").eq(1)), "Z")
                .default("Z")
                .assign_variable("x", 1),
        )
        .state(
            "Wait",
            Wait::seconds(1, next("WaitUntil"))
                .comment("c")
                .input_path("$.i")
                .output_path("$.o")
                .assign_variable("x", 1),
        )
        .state("WaitByPath", Wait::seconds_path("$.s", end()))
        .state("WaitUntil", Wait::timestamp("2030-01-01T00:00:00Z", end()))
        .state("WaitUntilPath", Wait::timestamp_path("$.t", end()))
        .state("Succeed", Succeed::new().comment("c").input_path("$.i").output_path("$.o"))
        .state("Fail", Fail::new().comment("c").error("E").cause("c"))
        .state("FailByPath", Fail::new().error_path("$.e").cause_path("$.c"))
        .state(
            "Parallel",
            Parallel::new(next("Map"))
                .branch(Branch::single("InBranch", Succeed::new()).comment("c"))
                .comment("c")
                .input_path("$.i")
                .parameters(json!({"p": 1}))
                .result_selector(template())
                .result_path("$.r")
                .output_path("$.o")
                .assign_variable("x", 1)
                .retry(retrier())
                .catch(catcher()),
        )
        .state("ParallelEnd", Parallel::new(end()))
        .state(
            "Map",
            Map::new(processor(), next("MapByPath"))
                .comment("c")
                .input_path("$.i")
                .items_path("$.a")
                .item_reader(reader().max_items(1))
                .item_selector(template().set("i", 1))
                .item_batcher(
                    ItemBatcher::new()
                        .max_items_per_batch(1)
                        .max_input_bytes_per_batch(1)
                        .batch_input(template().set("b", 1)),
                )
                .max_concurrency(1)
                .tolerated_failure_count(1)
                .tolerated_failure_percentage(1)
                .label("l")
                .result_writer(writer)
                .result_selector(template())
                .result_path("$.r")
                .output_path("$.o")
                .assign_variable("x", 1)
                .retry(retrier())
                .catch(catcher()),
        )
        .state(
            "MapByPath",
            Map::with_iterator(processor(), end())
                .parameters(json!({"p": 1}))
                .item_reader(reader().max_items_path("$.m"))
                .item_batcher(
                    ItemBatcher::new().max_items_per_batch_path("$.n").max_input_bytes_per_batch_path("$.b"),
                )
                .max_concurrency_path("$.n")
                .tolerated_failure_count_path("$.n")
                .tolerated_failure_percentage_path("$.n"),
        )
        .build()
}

/// A machine in which every field of JSONata stands somewhere. It is read by this file alone: no rule holds for it.
fn jsonata_machine() -> StateMachine {
    use asl_core::jsonata::{
        Catcher, Choice, Fail, ItemBatcher, ItemReader, Map, Parallel, Pass, ResultWriter, Rule, Succeed,
        Task, Wait,
    };
    let catcher = || Catcher::all("Z").comment("c").output(jsonata("$e")).assign_variable("x", jsonata("$e"));
    let reader = ItemReader::s3_objects(jsonata("$b"))
        .input_type(InputType::Csv)
        .transformation(ReaderTransformation::LoadAndFlatten)
        .manifest_type(ManifestType::AthenaData)
        .csv_delimiter(CsvDelimiter::Tab)
        .csv_header_location(CsvHeaderLocation::Given)
        .csv_headers(["h"])
        .items_pointer("/p")
        .max_items(jsonata("$n"));
    let writer =
        ResultWriter::s3("b").transformation(WriterTransformation::Compact).output_type(OutputType::Json);
    jsonata::StateMachine::builder("Task")
        .comment("c")
        .timeout_seconds(1)
        .version("1.0")
        .state(
            "Task",
            Task::new("${Arn}", next("Pass"))
                .comment("c")
                .arguments(payload().set("a", jsonata("$a")))
                .credentials(json!({"RoleArn": "r"}))
                .timeout_seconds(jsonata("$t"))
                .heartbeat_seconds(jsonata("$h"))
                .assign_variable("x", 1)
                .output(jsonata("$o"))
                .retry(retrier())
                .catch(catcher()),
        )
        .state("TaskEnd", Task::new("${Arn}", end()))
        .state("Pass", Pass::new(next("Wait")).comment("c").assign_variable("x", 1).output(1))
        .state("PassEnd", Pass::new(end()))
        .state(
            "Choice",
            Choice::new()
                .comment("c")
                .rule(Rule::when(jsonata("$c"), "Z").comment("c").assign_variable("x", 1).output(1))
                .when(true, "Z")
                .default("Z")
                .assign_variable("x", 1)
                .output(1),
        )
        .state(
            "Wait",
            Wait::seconds(jsonata("$s"), next("WaitUntil")).comment("c").assign_variable("x", 1).output(1),
        )
        .state("WaitUntil", Wait::timestamp(jsonata("$t"), end()))
        .state("Succeed", Succeed::new().comment("c").output([1, 2]))
        .state("Fail", Fail::new().comment("c").error("{% $e %}").cause(jsonata("$c")))
        .state(
            "Parallel",
            Parallel::new(next("Map"))
                .branch(Branch::single("InBranch", Succeed::new()).comment("c"))
                .comment("c")
                .arguments(jsonata("$a"))
                .assign_variable("x", 1)
                .output(1)
                .retry(retrier())
                .catch(catcher()),
        )
        .state("ParallelEnd", Parallel::new(end()))
        .state(
            "Map",
            Map::new(processor(), next("MapEnd"))
                .comment("c")
                .items(jsonata("$i"))
                .item_reader(reader)
                .item_selector(jsonata("$i"))
                .item_batcher(
                    ItemBatcher::new()
                        .max_items_per_batch(jsonata("$n"))
                        .max_input_bytes_per_batch(jsonata("$n"))
                        .batch_input(payload().set("b", 1)),
                )
                .max_concurrency(jsonata("$n"))
                .tolerated_failure_count(jsonata("$n"))
                .tolerated_failure_percentage(jsonata("$n"))
                .label("l")
                .result_writer(writer)
                .assign_variable("x", 1)
                .output(1)
                .retry(retrier())
                .catch(catcher()),
        )
        .state("MapEnd", Map::with_iterator(processor(), end()))
        .build()
}

#[test]
fn jsonpath_builders_set_every_field_of_jsonpath_and_no_other() {
    let mut fields = Fields::new();
    walk(&jsonpath_machine(), &mut fields);
    // JSONPath is the default, and the machine passes it on to its states: the field is never written.
    let mut expected = table(KINDS, QueryLanguage::JsonPath);
    for names in expected.values_mut() {
        names.remove("QueryLanguage");
    }
    let comparators = ["NumericEquals"];
    let mut nested = table(&[Kind::NestedRule], QueryLanguage::JsonPath);
    // `And`, `Or` and `Not` inside each other are of one type with those outside.
    for names in nested.values_mut() {
        names.retain(|name| ["Comment", "Variable"].contains(name));
    }
    expected.extend(nested);
    for rule in [Kind::ChoiceRule, Kind::NestedRule] {
        expected.entry(rule.name()).or_default().extend(comparators);
    }
    assert_eq!(fields, expected);
}

#[test]
fn jsonata_builders_set_every_field_of_jsonata_and_no_other() {
    let mut fields = Fields::new();
    walk(&jsonata_machine(), &mut fields);
    let mut expected = table(KINDS, QueryLanguage::Jsonata);
    // The states in a JSONata machine inherit its language; the test below sees the field on each.
    for names in expected.values_mut() {
        names.remove("QueryLanguage");
    }
    expected.entry(Kind::StateMachine.name()).or_default().insert("QueryLanguage");
    // The processor above holds a JSONPath state, which keeps its language in a JSONata machine.
    expected.entry(Kind::Succeed.name()).or_default().insert("QueryLanguage");
    assert_eq!(fields, expected);
}

#[test]
fn every_state_of_the_other_language_says_so() {
    let jsonata_machine = jsonata_machine();
    let mut machine = jsonpath::StateMachine::builder("Task");
    for (name, state) in jsonata_machine.states.iter().flat_map(States::iter) {
        let mut state = state.clone();
        state.set_query_language(Some(QueryLanguage::Jsonata));
        machine = machine.state(name, state);
    }
    let machine = machine.build();
    assert!(
        machine
            .states
            .iter()
            .flat_map(States::iter)
            .all(|(_, state)| { state.query_language() == Some(QueryLanguage::Jsonata) })
    );
}

#[test]
fn nested_states_take_the_language_of_the_machine_and_not_of_the_state_around_them() {
    use asl_core::model::State;
    let branch =
        || Branch::new("P").state("P", jsonpath::Pass::new(next("N"))).state("N", jsonata::Succeed::new());
    let processor = || ItemProcessor::single("Inner", jsonata::Parallel::new(end()).branch(branch()));
    let machine = jsonpath::StateMachine::builder("Map")
        .state("Map", jsonata::Map::new(processor(), next("Old")))
        .state("Old", jsonpath::Map::with_iterator(processor(), end()))
        .build();
    let json = json!(machine);
    for (name, field, language) in
        [("Map", "ItemProcessor", json!("JSONata")), ("Old", "Iterator", json!(null))]
    {
        let map = &json["States"][name];
        assert_eq!(map["QueryLanguage"], language);
        let inner = &map[field]["States"]["Inner"];
        assert_eq!(inner["QueryLanguage"], "JSONata");
        assert_eq!(
            inner["Branches"][0]["States"],
            json!({
                "P": {"Type": "Pass", "Next": "N"},
                "N": {"Type": "Succeed", "QueryLanguage": "JSONata"},
            })
        );
    }
    let pass: State = jsonpath::Pass::new(end()).into();
    assert_eq!(pass.query_language(), Some(QueryLanguage::JsonPath));
}

#[test]
fn what_is_built_is_what_is_read_back() {
    for machine in [jsonpath_machine(), jsonata_machine()] {
        let text = asl_core::encode::to_string_pretty(&machine);
        let decoded = decode(&text).unwrap();
        assert!(decoded.findings.is_empty());
        assert_eq!(decoded.machine, machine);
    }
}

#[test]
fn a_duplicate_name_is_kept_and_reported() {
    let machine = jsonpath::StateMachine::builder("A")
        .state("A", jsonpath::Pass::new(end()))
        .state("A", jsonpath::Succeed::new());
    let invalid = machine.validate().unwrap_err();
    assert!(invalid.findings.iter().any(|finding| finding.code.as_str() == "ASL0002"), "{invalid}");
    assert!(asl_core::encode::to_string(&invalid.value).contains(r#""A":{"Type":"Pass""#));
}

#[test]
fn a_jsonpath_state_inside_a_jsonata_machine_is_reported_where_no_type_can_see_it() {
    let branch = Branch::single("InBranch", jsonpath::Succeed::new());
    let machine = jsonata::StateMachine::new("Parallel")
        .state("Parallel", jsonata::Parallel::new(end()).branch(branch));
    let invalid = machine.validate().unwrap_err();
    let found = &invalid.findings[0];
    assert_eq!(
        (found.code.as_str(), found.at.to_string().as_str()),
        ("ASL0109", "/States/Parallel/Branches/0/States/InBranch/QueryLanguage")
    );
}
