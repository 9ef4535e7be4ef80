//! Random programs: they lower without a panic, are valid, and their states do what they say.

use asl_core::flow::{
    Block, Branch, Effect, EffectKind, FaultKind, Handler, If, Label, Local, Locals, Otherwise, Program,
    StatementKind,
};
use asl_core::syntax::jsonata::{BinaryOperator, Expression, Kind};
use proptest::prelude::*;
use serde_json::json;

use super::{Case, checked};

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
            _ => literal(1),
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
        let mut block = Block::new();
        let mut around = around.clone();
        around.depth += 1;
        for _ in 0..self.below(4) {
            self.statement(&mut block, &mut around);
        }
        block
    }

    /// A block with locals of its own.
    fn scope(&mut self, around: &Around) -> Block {
        let mut inside = Around { read: around.read.clone(), depth: around.depth + 1, ..Around::default() };
        let mut block = Block::new();
        self.declare(&mut block, &mut inside);
        for _ in 0..=self.below(3) {
            self.statement(&mut block, &mut inside);
        }
        block.return_(self.number(&inside));
        block
    }

    fn declare(&mut self, block: &mut Block, around: &mut Around) {
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
        Effect::lambda(function, &format!("${{{function}}}"), self.number(around))
    }

    fn handlers(&mut self, around: &Around) -> Vec<Handler> {
        let mut handlers = Vec::new();
        for _ in 0..self.below(3) {
            let bind = (self.below(2) == 0).then(|| self.locals.local("e"));
            let mut body = self.block(around);
            if let (Some(bind), 0) = (&bind, self.below(3)) {
                body.raise(bind.field("error"), bind.field("cause"));
            }
            handlers.push(match self.below(3) {
                0 => Handler::on_any(bind, body),
                error => Handler::on([ERRORS[error]], bind, body),
            });
        }
        handlers
    }

    fn statement(&mut self, block: &mut Block, around: &mut Around) {
        let kind = if around.depth > 4 { self.below(8) } else { self.below(16) };
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
            (5, _) => self.jump(block, around),
            (6, _) => self.declare(block, around),
            (7, _) => block.effect(Effect::wait_seconds(self.number(around))),
            (8 | 9, _) => {
                let mut chain = If::new(self.condition(around), self.block(around));
                for _ in 0..self.below(3) {
                    chain = chain.or_if(self.condition(around), self.block(around));
                }
                chain.otherwise = Otherwise::Block(self.block(around));
                block.choose(chain);
            }
            (10, _) => {
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
            (11, _) => {
                let label = self.locals.label();
                around.labels.push((label, false));
                let body = self.block(around);
                around.labels.pop();
                block.push(StatementKind::Labelled { label, body });
            }
            (12, _) => {
                let (body, handlers) = (self.block(around), self.handlers(around));
                block.push(StatementKind::Attempt { body, handlers });
            }
            (13, target) => {
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
            (14, _) => {
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
            _ => {
                let undo = self.call(around);
                block.compensate(undo);
            }
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

fn program(bytes: &[u8]) -> Program {
    let mut draw = Draw { bytes: bytes.iter(), locals: Locals::new() };
    let input = draw.locals.local("input");
    let mut around = Around { read: vec![input.clone()], write: vec![input.clone()], ..Around::default() };
    let mut body = Block::new();
    for _ in 0..=draw.below(3) {
        draw.declare(&mut body, &mut around);
    }
    for _ in 0..=draw.below(6) {
        draw.statement(&mut body, &mut around);
    }
    body.return_(draw.number(&around));
    Program::new(input, body)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, max_shrink_iters: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn states_do_what_the_program_says(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let program = program(&bytes);
        match program.lower() {
            Ok(lowered) => {
                let mut case = Case::new(program).input(json!(2));
                for function in ["${one}", "${two}", "${three}"] {
                    case = case.gives(function, json!(1)).gives(function, json!(3)).gives(function, json!(0));
                    case = case.fails(function, "A").fails(function, "B");
                }
                let (json, machine) = checked(&lowered);
                case.compared(&machine, &json, 6);
            }
            // what else is wrong would be the generator's fault
            Err(faults) => for fault in faults.0 {
                let is_known = matches!(fault.kind, FaultKind::UncertainCompensation | FaultKind::EmptyLoop | FaultKind::NeverEnds);
                prop_assert!(is_known, "{}", fault);
            },
        }
    }
}
