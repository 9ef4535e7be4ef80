//! Random programs: they lower without a panic, are valid, and their states do what they say.

use asl_core::flow::{
    Block, Branch, Effect, EffectKind, FaultKind, Handler, If, Label, Local, Locals, Otherwise, Program,
    StatementKind,
};
use asl_core::model::{Retrier, Static};
use asl_core::syntax::jsonata::{BinaryOperator, Expression, Kind, Pair};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

use super::{Case, Compared, checked};

/// Draws decisions from bytes; when they run out, every decision is the first.
struct Draw<'a> {
    bytes: std::slice::Iter<'a, u8>,
    locals: Locals,
}

/// What a place of the program sees.
#[derive(Clone, Default)]
struct Around {
    /// What may be read.
    read: Vec<Local>,
    /// What may be set.
    write: Vec<Local>,
    /// Objects with the fields `a` and `b`, to be read and to be set.
    objects: Vec<Local>,
    write_objects: Vec<Local>,
    /// Identifiers.
    texts: Vec<Local>,
    /// Whether a compensation may be registered.
    is_certain: bool,
    /// Labels with whether they are loops.
    labels: Vec<(Label, bool)>,
    depth: usize,
}

const ERRORS: [&str; 3] = ["A", "B", "C"];

fn tree(kind: Kind) -> Expression {
    Expression::new(kind, 0..0)
}

fn text(text: &str) -> Expression {
    tree(Kind::String(text.to_owned()))
}

impl Draw<'_> {
    fn below(&mut self, count: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or_default()) % count.max(1)
    }

    fn number(&mut self, around: &Around) -> Expression {
        let literal = |number: usize| tree(Kind::Number(u32::try_from(number).unwrap().into()));
        match self.below(6) {
            0 => literal(self.below(5)),
            1 | 2 if !around.read.is_empty() => {
                let index = self.below(around.read.len());
                around.read[index].expression()
            }
            3 => {
                let (left, right) = (Box::new(self.number(around)), Box::new(self.number(around)));
                tree(Kind::Binary { operator: BinaryOperator::Add, left, right })
            }
            4 => tree(Kind::Condition {
                condition: Box::new(self.condition(around)),
                then: Box::new(self.number(around)),
                otherwise: Some(Box::new(self.number(around))),
            }),
            5 if !around.objects.is_empty() => {
                let index = self.below(around.objects.len());
                around.objects[index].field(["a", "b"][self.below(2)])
            }
            _ => literal(1),
        }
    }

    fn object(&mut self, around: &Around) -> Expression {
        match self.below(4) {
            0 | 1 if !around.objects.is_empty() => {
                let index = self.below(around.objects.len());
                around.objects[index].expression()
            }
            2 => tree(Kind::Condition {
                condition: Box::new(self.condition(around)),
                then: Box::new(self.object(around)),
                otherwise: Some(Box::new(self.object(around))),
            }),
            _ => {
                let pairs = ["a", "b"].map(|key| Pair { key: text(key), value: self.number(around) });
                tree(Kind::Object(pairs.into()))
            }
        }
    }

    fn condition(&mut self, around: &Around) -> Expression {
        use BinaryOperator::{And, AtLeast, Equal, Less};
        let operator = [Less, AtLeast, Equal, And][self.below(4)];
        let side = |draw: &mut Self| {
            Box::new(if operator == And { draw.condition(around) } else { draw.number(around) })
        };
        tree(Kind::Binary { operator, left: side(self), right: side(self) })
    }

    fn block(&mut self, around: &Around) -> Block {
        self.block_that(around, false)
    }

    /// A block that is done whole, or ends with an error.
    fn block_that(&mut self, around: &Around, is_certain: bool) -> Block {
        let mut block = Block::new();
        let mut around = Around { is_certain: is_certain && around.is_certain, ..around.clone() };
        around.depth += 1;
        for _ in 0..=self.below(3) {
            self.statement(&mut block, &mut around);
        }
        block
    }

    /// A block with locals of its own.
    fn scope(&mut self, around: &Around) -> Block {
        let mut inside = Around {
            depth: around.depth + 1,
            write: Vec::new(),
            write_objects: Vec::new(),
            labels: Vec::new(),
            is_certain: true,
            ..around.clone()
        };
        let mut block = Block::new();
        self.declare(&mut block, &mut inside);
        for _ in 0..=self.below(3) {
            self.statement(&mut block, &mut inside);
        }
        block.return_(self.number(&inside));
        block
    }

    fn declare(&mut self, block: &mut Block, around: &mut Around) {
        match self.below(6) {
            0 => {
                let local = self.locals.local("object");
                if self.below(2) == 0 {
                    block.set(&local, self.object(around));
                } else {
                    let payload = self.number(around);
                    block.effect(Effect::lambda("pair", "${pair}", payload).bind(local.clone()));
                }
                around.objects.push(local.clone());
                around.write_objects.push(local);
                return;
            }
            1 => {
                let local = self.locals.local("id");
                block.set(&local, Expression::parse_strict("$uuid()").unwrap());
                around.texts.push(local);
                return;
            }
            _ => {}
        }
        let name = ["a", "b", "c"][self.below(3)];
        let local = self.locals.local(name);
        if self.below(2) == 0 {
            block.set(&local, self.number(around));
        } else {
            block.effect(self.call(around).bind(local.clone()));
        }
        around.read.push(local.clone());
        around.write.push(local);
    }

    fn call(&mut self, around: &Around) -> Effect {
        let function = ["one", "two", "three"][self.below(3)];
        let payload = match self.below(4) {
            0 if !around.texts.is_empty() => {
                let index = self.below(around.texts.len());
                around.texts[index].expression()
            }
            1 => self.object(around),
            _ => self.number(around),
        };
        let mut call = Effect::lambda(function, &format!("${{{function}}}"), payload);
        if self.below(6) == 5 {
            call = call.retry(Retrier {
                error_equals: Some(vec![["A", "States.ALL", "States.TaskFailed"][self.below(3)].to_owned()]),
                max_attempts: Some(Static::Literal(2)),
                interval_seconds: Some(Static::Literal(3)),
                ..Retrier::default()
            });
        }
        call
    }

    /// A call that may hang, and so has a time limit.
    fn slow(&mut self, around: &Around) -> Effect {
        let mut call = Effect::lambda("slow", "${slow}", self.number(around));
        if let EffectKind::Task(task) = &mut call.kind {
            task.timeout_seconds = Some(tree(Kind::Number(7.0)));
            task.heartbeat_seconds = (self.below(2) == 0).then(|| tree(Kind::Number(3.0)));
        }
        call.handlers = self.handlers(around);
        call
    }

    fn handlers(&mut self, around: &Around) -> Vec<Handler> {
        let mut handlers = Vec::new();
        for _ in 0..self.below(3) {
            let bind = (self.below(2) == 0).then(|| self.locals.local("e"));
            let mut body = Block::new();
            if let (Some(bind), 0) = (&bind, self.below(2)) {
                body.effect(Effect::lambda("note", "${note}", bind.expression()));
            }
            body.statements.extend(self.block(around).statements);
            if let (Some(bind), 0) = (&bind, self.below(3)) {
                body.raise(bind.field("Error"), bind.field("Cause"));
            }
            handlers.push(match self.below(5) {
                0 => Handler::on_any(bind, body),
                3 => Handler::on(["States.Timeout", "B"], bind, body),
                4 => Handler::on(["States.TaskFailed"], bind, body),
                error => Handler::on([ERRORS[error]], bind, body),
            });
        }
        handlers
    }

    fn statement(&mut self, block: &mut Block, around: &mut Around) {
        let kind = if around.depth > 4 { self.below(10) } else { self.below(18) };
        let target = match around.write.len() {
            0 => None,
            count => Some(around.write[self.below(count)].clone()),
        };
        match (kind, target) {
            (0 | 1, Some(local)) => block.set(&local, self.number(around)),
            (2, Some(local)) => {
                let other = around.write[self.below(around.write.len())].clone();
                if other != local {
                    block.set_all([(local, self.number(around)), (other, self.number(around))]);
                }
            }
            (3, Some(local)) => block.effect(self.call(around).bind(local)),
            (4, _) => {
                let mut call = self.call(around);
                call.handlers = self.handlers(around);
                block.effect(call);
            }
            (5, _) => {
                let jump = Block::of(|block| self.jump(block, around));
                if self.below(5) == 4 {
                    block.statements.extend(jump.statements);
                } else {
                    block.choose(If::new(self.condition(around), jump));
                }
            }
            (6, _) => self.declare(block, around),
            (8, _) if !around.write_objects.is_empty() => {
                let local = around.write_objects[self.below(around.write_objects.len())].clone();
                block.set(&local, self.object(around));
            }
            (9, _) => block.effect(self.slow(around)),
            (7, _) => block.effect(Effect::wait_seconds(self.number(around))),
            (10 | 11, _) => {
                let mut chain = If::new(self.condition(around), self.block(around));
                for _ in 0..self.below(3) {
                    chain = chain.or_if(self.condition(around), self.block(around));
                }
                chain.otherwise = Otherwise::Block(self.block(around));
                block.choose(chain);
            }
            (12, _) => {
                let label = self.locals.label();
                around.labels.push((label, true));
                let mut body = self.block(around);
                if self.below(2) == 0 {
                    let leave = Block::of(|block| block.break_(label));
                    body.choose(If::new(self.condition(around), leave));
                } else {
                    body.break_(label);
                }
                around.labels.pop();
                block.push(StatementKind::Loop { label, body });
            }
            (13, _) => {
                let label = self.locals.label();
                around.labels.push((label, false));
                let body = self.block(around);
                around.labels.pop();
                block.push(StatementKind::Labelled { label, body });
            }
            (14, _) => {
                let (body, handlers) = (self.block_that(around, true), self.handlers(around));
                block.push(StatementKind::Attempt { body, handlers });
            }
            (15, target) => {
                let branches: Vec<Branch> = (0..=self.below(2))
                    .map(|index| Branch {
                        bind: target.clone().filter(|_| index == 0),
                        body: self.scope(around),
                    })
                    .collect();
                let mut parallel = Effect::parallel(branches);
                parallel.handlers = self.handlers(around);
                block.effect(parallel);
            }
            (16, _) => {
                let item = self.locals.local("item");
                let inside = Around {
                    read: [&around.read[..], std::slice::from_ref(&item)].concat(),
                    ..around.clone()
                };
                let items = Expression::parse_strict("[1, 2]").unwrap();
                let mut map = Effect::map(items, item, self.scope(&inside));
                if let (EffectKind::Map(map), 0) = (&mut map.kind, self.below(3)) {
                    let kind = asl_core::model::ExecutionType::Standard;
                    map.distributed = Some(asl_core::flow::Distributed::new(kind));
                }
                map.handlers = self.handlers(around);
                block.effect(map);
            }
            (17, _) if around.is_certain => {
                let undo = self.call(around);
                block.compensate(undo);
            }
            _ => block.effect(self.call(around)),
        }
    }

    fn jump(&mut self, block: &mut Block, around: &Around) {
        match self.below(4) {
            0 => block.return_(self.number(around)),
            1 => {
                let error = ERRORS[self.below(3)];
                block.raise(text(error), text("raised"));
            }
            choice => {
                let Some((label, is_loop)) = around.labels.get(self.below(around.labels.len())) else {
                    return;
                };
                if choice == 2 && *is_loop {
                    block.continue_(*label);
                } else {
                    block.break_(*label);
                }
            }
        }
    }
}

pub(super) fn program(bytes: &[u8]) -> Program {
    let mut draw = Draw { bytes: bytes.iter(), locals: Locals::new() };
    let input = draw.locals.local("input");
    let mut around = Around {
        read: vec![input.clone()],
        write: vec![input.clone()],
        is_certain: true,
        ..Around::default()
    };
    let mut body = Block::new();
    for _ in 0..=draw.below(3) {
        draw.declare(&mut body, &mut around);
    }
    for _ in 0..=draw.below(9) {
        draw.statement(&mut body, &mut around);
    }
    body.return_(draw.number(&around));
    Program::new(input, body)
}

/// The program with what may happen to it.
fn case(program: Program) -> Case {
    let mut case = Case::new(program).input(json!(2));
    for function in ["${one}", "${two}", "${three}"] {
        case = case.gives(function, json!(1)).gives(function, json!(3)).gives(function, json!(0));
        case = case.fails(function, "A").fails(function, "B");
    }
    let pair = json!({"a": 1, "b": 2, "c": 3});
    case.gives("${pair}", pair).gives("${slow}", json!(1)).hangs("${slow}").fails("${slow}", "B")
}

/// How many programs: more are asked for by a variable of the environment, `FLOW_CASES`.
pub(super) fn cases() -> u32 {
    std::env::var("FLOW_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(150)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn states_do_what_the_program_says(bytes in proptest::collection::vec(any::<u8>(), 0..1_000)) {
        let program = program(&bytes);
        match program.lower() {
            Ok(lowered) => {
                let (json, machine) = checked(&lowered.machine);
                case(program).compared(&machine, &json, 6);
            }
            // what else is wrong would be the generator's fault
            Err(faults) => for fault in faults.0 {
                let is_known = matches!(fault.kind, FaultKind::UncertainCompensation | FaultKind::EmptyLoop | FaultKind::NeverEnds);
                prop_assert!(is_known, "{}", fault);
            },
        }
    }
}

#[test]
fn most_random_programs_are_compared() {
    let mut runner = TestRunner::deterministic();
    let bytes = proptest::collection::vec(any::<u8>(), 0..1_000);
    let mut rejected = std::collections::BTreeMap::new();
    let (mut all, mut large) = (Compared::default(), 0);
    let count = 200;
    for _ in 0..count {
        let program = program(&bytes.new_tree(&mut runner).expect("bytes").current());
        match program.lower() {
            Ok(lowered) => {
                let (json, machine) = checked(&lowered.machine);
                large += usize::from(json.matches("\"Type\"").count() >= 8);
                let compared = case(program).compared(&machine, &json, 3);
                all.alike += compared.alike;
                all.cut_off += compared.cut_off;
                all.ambiguous += compared.ambiguous;
            }
            Err(faults) => *rejected.entry(faults.0[0].to_string()).or_insert(0) += 1,
        }
    }
    let what = format!("{rejected:?}, {all:?}, {large} of 8 states or more");
    assert!(rejected.values().sum::<usize>() * 10 <= count, "{what}");
    assert!(all.alike > (all.cut_off + all.ambiguous) * 4, "{what}");
    assert!(large * 5 >= count, "{what}");
}
