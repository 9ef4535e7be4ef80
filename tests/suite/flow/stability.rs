//! Names of states stay what they are when a statement is inserted elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use asl_core::flow::{Block, Effect, EffectKind, Otherwise, Program, Source, Statement, StatementKind};
use asl_core::syntax::jsonata::{Expression, Kind};
use proptest::prelude::*;
use serde_json::Value;

use super::random;
use crate::cost;

/// Calls `visit` for each block of statements, outer ones first.
fn each_block(block: &mut Block, visit: &mut dyn FnMut(&mut Block)) {
    visit(block);
    for statement in &mut block.statements {
        match &mut statement.kind {
            StatementKind::Effect(effect) => each_inner(effect, visit),
            StatementKind::If(chain) => {
                chain.arms.iter_mut().for_each(|(_, block)| each_block(block, visit));
                if let Otherwise::Block(block) = &mut chain.otherwise {
                    each_block(block, visit);
                }
            }
            StatementKind::Loop { body, .. } | StatementKind::Labelled { body, .. } => {
                each_block(body, visit);
            }
            StatementKind::Attempt { body, handlers } => {
                each_block(body, visit);
                for handler in handlers {
                    each_block(&mut handler.body, visit);
                }
            }
            _ => {}
        }
    }
}

fn each_inner(effect: &mut Effect, visit: &mut dyn FnMut(&mut Block)) {
    match &mut effect.kind {
        EffectKind::Parallel(branches) => {
            for branch in branches {
                each_block(&mut branch.body, visit);
            }
        }
        EffectKind::Map(map) => each_block(&mut map.body, visit),
        EffectKind::Task(_) | EffectKind::Wait(_) => {}
    }
    effect.handlers.iter_mut().for_each(|handler| each_block(&mut handler.body, visit));
}

/// Gives each statement a place of its own.
fn number(program: &mut Program) {
    let mut next = 0;
    each_block(&mut program.body, &mut |block| {
        for statement in &mut block.statements {
            next += 1;
            statement.source = Some(Source(next));
            if let StatementKind::Effect(effect) | StatementKind::Compensate(effect) = &mut statement.kind {
                effect.source = Some(Source(next));
            }
        }
    });
}

/// The program with a call at one of its places, and how many there are.
fn with_call(program: &Program, place: usize) -> (Program, usize) {
    let mut program = program.clone();
    let mut seen = 0;
    each_block(&mut program.body, &mut |block| {
        let own = block.statements.len() + 1;
        if (seen..seen + own).contains(&place) {
            let call = Effect::lambda("inserted", "${inserted}", Expression::new(Kind::Null, 0..0));
            let kind = StatementKind::Effect(Box::new(call));
            block.statements.insert(place - seen, Statement { source: None, kind });
        }
        seen += own;
    });
    (program, seen)
}

/// The names that the states of each place have: those that do something or ask something. Ends, failures and
/// assignments are made as they are needed.
fn names(program: &Program) -> Option<BTreeMap<Source, BTreeSet<String>>> {
    let mut names: BTreeMap<Source, BTreeSet<String>> = BTreeMap::new();
    let lowered = program.lower().ok()?;
    let mut made = BTreeSet::new();
    made_states(&serde_json::to_value(&lowered.machine).expect("JSON"), &mut made);
    for (name, source) in lowered.sources {
        if let Some(source) = source.filter(|_| !made.contains(&name)) {
            names.entry(source).or_default().insert(name);
        }
    }
    Some(names)
}

fn made_states(value: &Value, made: &mut BTreeSet<String>) {
    let Value::Object(fields) = value else {
        value.as_array().into_iter().flatten().for_each(|item| made_states(item, made));
        return;
    };
    for (name, state) in fields.get("States").and_then(Value::as_object).into_iter().flatten() {
        if ["Pass", "Succeed", "Fail"].iter().any(|kind| state["Type"] == *kind) {
            made.insert(name.clone());
        }
    }
    fields.values().for_each(|field| made_states(field, made));
}

/// How many places keep their names, and which do not. Nothing, if the call gives another statement a state that it
/// had not before: an undoing that can be needed now, a value that is no value any more.
fn compared(program: &Program, place: usize) -> Option<(usize, Vec<String>)> {
    let (before, after) = (names(program)?, names(&with_call(program, place).0)?);
    let has_as_many = |(source, names): (&Source, &BTreeSet<String>)| {
        before.get(source).is_some_and(|before| before.len() == names.len())
    };
    if before.len() != after.len() || !after.iter().all(has_as_many) {
        return None;
    }
    let differ = before.iter().filter(|(source, names)| after[source] != **names);
    let renamed: Vec<String> =
        differ.map(|(source, names)| format!("{names:?} became {:?}", after[source])).collect();
    Some((before.len() - renamed.len(), renamed))
}

#[test]
fn a_call_that_is_inserted_renames_nothing() {
    for mut program in cost::programs() {
        number(&mut program);
        let places = with_call(&program, usize::MAX).1;
        assert!(places > 3);
        let mut all = 0;
        for place in 0..places {
            if let Some((kept, renamed)) = compared(&program, place) {
                assert!(renamed.is_empty(), "{renamed:#?}");
                all += kept;
            }
        }
        assert!(all > places, "{all} names of {places} places");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: random::cases(), failure_persistence: None, max_shrink_iters: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn a_call_in_a_random_program_renames_nothing(
        bytes in proptest::collection::vec(any::<u8>(), 0..1_000),
        place in any::<proptest::sample::Index>(),
    ) {
        let mut program = random::program(&bytes);
        number(&mut program);
        let places = with_call(&program, usize::MAX).1;
        if let Some((_, renamed)) = compared(&program, place.index(places)) {
            prop_assert!(renamed.is_empty(), "{:#?}", renamed);
        }
    }
}
