//! Large programs: lowering takes no longer than their size asks for.

use std::time::{Duration, Instant};

use super::*;

/// Lowers a program in the time that a thousand statements may take, and gives how many states it has.
#[track_caller]
fn states(write: impl FnOnce(&mut Locals, &Local, &mut Block)) -> usize {
    let mut locals = Locals::new();
    let input = locals.local("input");
    let mut body = Block::new();
    write(&mut locals, &input, &mut body);
    let program = Program::new(input, body);
    let began = Instant::now();
    let lowered = program.lower().unwrap_or_else(|faults| panic!("{faults}"));
    let took = began.elapsed();
    // ten times what it takes alone, for tests run beside each other on slow machines
    assert!(took < Duration::from_secs(10), "{took:?}");
    let count = lowered.machine.states.as_ref().map_or(0, |states| states.names().count());
    let json = crate::encode::to_string_pretty(&lowered.machine);
    assert!(!json.contains('#'), "a local is left");
    assert!(json.len() < 1_000_000, "{} bytes", json.len());
    if let Err(invalid) = lowered.machine.validate() {
        panic!("{invalid}\n{}", json.chars().take(3_000).collect::<String>());
    }
    count
}

#[test]
fn a_value_that_is_made_of_itself() {
    let count = states(|l, input, b| {
        let x = l.local("x");
        b.set(&x, input.field("x"));
        for _ in 0..1_000 {
            b.set(&x, leaf("$x * $x + $x", &[&x]));
        }
        b.return_(x.expression());
    });
    assert!(count <= 5, "{count}");
}

#[test]
fn values_that_are_made_of_each_other() {
    let count = states(|l, input, b| {
        let (x, y, z, e) = (l.local("x"), l.local("y"), l.local("z"), l.local("e"));
        b.effect(lambda("first", input.expression()).bind(e.clone()));
        b.set(&x, e.field("x"));
        b.set(&y, e.field("y"));
        b.set(&z, e.field("z"));
        for _ in 0..334 {
            b.set(&x, leaf("$y * $z + $x", &[&x, &y, &z]));
            b.set(&y, leaf("$x * $z + $y", &[&x, &y, &z]));
            b.set(&z, leaf("$x * $y + $z", &[&x, &y, &z]));
        }
        b.effect(lambda("last", leaf("[$x, $y]", &[&x, &y])));
        b.return_(leaf("$x + $y + $z", &[&x, &y, &z]));
    });
    assert!(count <= 10, "{count}");
}

#[test]
fn locals_of_their_own() {
    states(|l, input, b| {
        let mut last = input.clone();
        for _ in 0..1_000 {
            let next = l.local("x");
            b.set(&next, leaf("$a * $a", &[]).with(&last));
            last = next;
        }
        b.return_(last.expression());
    });
    states(|l, input, b| {
        let mut last = input.clone();
        for _ in 0..1_000 {
            let next = l.local("x");
            b.set(&next, leaf("$string($a)", &[]).with(&last));
            last = next;
        }
        b.effect(lambda("f", last.expression()));
    });
}

/// Leaves whose `$a` is another local.
trait With {
    fn with(&self, a: &Local) -> Expression;
}

impl With for Expression {
    fn with(&self, a: &Local) -> Expression {
        with_variables(self, |name| (name == "a").then(|| a.expression()))
    }
}

#[test]
fn effects_whose_results_are_all_used_at_the_end() {
    let count = states(|l, input, b| {
        let mut all = Vec::new();
        for _ in 0..1_000 {
            let one = l.local("one");
            b.effect(lambda("f", input.expression()).bind(one.clone()));
            all.push(crate::syntax::jsonata::Item::Value(one.expression()));
        }
        b.return_(Expression::new(Kind::Array(all), 0..0));
    });
    assert_eq!(count, 1_000);
}

#[test]
fn ifs_one_after_the_other() {
    let values = states(|l, input, b| {
        let (n, x) = (l.local("n"), l.local("x"));
        b.effect(lambda("count", input.expression()).bind(n.clone()));
        b.set(&x, number(0));
        for index in 0..1_000 {
            let then = Block::of(|b| b.set(&x, leaf("$x * 2 + $n", &[&x, &n])));
            b.choose(If::new(leaf(&format!("$n > {index}"), &[&n]), then));
        }
        b.return_(x.expression());
    });
    assert!(values <= 8, "{values}");
    let effects = states(|l, input, b| {
        let n = l.local("n");
        b.effect(lambda("count", input.expression()).bind(n.clone()));
        for index in 0..1_000 {
            let then = Block::of(|b| b.effect(lambda("more", n.expression())));
            b.choose(If::new(leaf(&format!("$n > {index}"), &[&n]), then));
        }
    });
    assert!(effects >= 2_000, "{effects}");
    let returns = states(|l, input, b| {
        let n = l.local("n");
        b.effect(lambda("count", input.expression()).bind(n.clone()));
        for index in 0..1_000 {
            let then = Block::of(|b| b.return_(number(index)));
            b.choose(If::new(leaf(&format!("$n > {index}"), &[&n]), then));
        }
    });
    assert!(returns <= 4, "{returns}");
}

/// Ifs inside each other, with these statements in each.
fn nested(depth: u32, n: &Local, statement: &dyn Fn(&mut Block)) -> Block {
    let mut inner = Block::of(|b| statement(b));
    for level in 0..depth {
        inner = Block::of(|b| {
            statement(b);
            b.choose(If::new(leaf(&format!("$n > {level}"), &[n]), inner.clone()));
            statement(b);
        });
    }
    inner
}

#[test]
fn ifs_inside_each_other() {
    states(|l, input, b| {
        let (n, x) = (l.local("n"), l.local("x"));
        b.effect(lambda("count", input.expression()).bind(n.clone()));
        b.set(&x, number(0));
        let inner = nested(200, &n, &|b| b.set(&x, leaf("$x * $x + $n", &[&x, &n])));
        b.statements.extend(inner.statements);
        b.return_(x.expression());
    });
    states(|l, input, b| {
        let n = l.local("n");
        b.effect(lambda("count", input.expression()).bind(n.clone()));
        let inner = nested(200, &n, &|b| b.effect(lambda("more", n.expression())));
        b.statements.extend(inner.statements);
    });
    states(|l, input, b| {
        let n = l.local("n");
        b.effect(lambda("count", input.expression()).bind(n.clone()));
        let inner = nested(200, &n, &|_| {});
        b.statements.extend(inner.statements);
    });
}

#[test]
fn a_match_of_many_arms() {
    for arm in
        [(&|b: &mut Block, index: u32| b.return_(number(index))) as &dyn Fn(&mut Block, u32), &|b, index| {
            b.effect(lambda("more", number(index)));
        }]
    {
        let count = states(|l, input, b| {
            let n = l.local("n");
            b.effect(lambda("count", input.expression()).bind(n.clone()));
            let mut chain = If::new(leaf("$n = 0", &[&n]), Block::of(|b| arm(b, 0)));
            for index in 1..300 {
                let test = leaf(&format!("$n = {index}"), &[&n]);
                chain = chain.or_if(test, Block::of(|b| arm(b, index)));
            }
            b.choose(chain.exhaustive());
            b.return_(n.expression());
        });
        assert!(count >= 3, "{count}");
    }
}

#[test]
fn much_is_set_where_many_arms_meet() {
    let count = states(|l, input, b| {
        let (n, x, y) = (l.local("n"), l.local("x"), l.local("y"));
        b.effect(lambda("count", input.expression()).bind(n.clone()));
        let mut chain = If::new(leaf("$n = 0", &[&n]), Block::of(|b| b.set(&x, number(0))));
        for index in 1..300 {
            let test = leaf(&format!("$n = {index}"), &[&n]);
            chain = chain.or_if(test, Block::of(|b| b.set(&x, number(index))));
        }
        b.choose(chain.exhaustive());
        b.set(&y, number(1));
        for _ in 0..300 {
            b.set(&y, leaf("$y * $x + $y", &[&x, &y]));
        }
        b.return_(y.expression());
    });
    assert!(count <= 8, "{count}");
}

#[test]
fn wide_arrays_and_many_branches() {
    states(|l, input, b| {
        let x = l.local("x");
        b.effect(lambda("count", input.expression()).bind(x.clone()));
        let items: Vec<String> = (0..2_000).map(|index| format!("$x.a + {index}")).collect();
        let array = l.local("array");
        b.set(&array, leaf(&format!("[{}]", items.join(", ")), &[&x]));
        b.effect(lambda("send", array.expression()));
        b.return_(leaf("$count($array)", &[&array]));
    });
    states(|l, _, b| {
        let branches: Vec<Branch> = (0..300)
            .map(|index| Branch {
                bind: Some(l.local("one")),
                body: Block::of(|b| {
                    b.effect(lambda("work", number(index)));
                    b.return_(number(index));
                }),
            })
            .collect();
        let all: Vec<_> = branches.iter().filter_map(|branch| branch.bind.clone()).collect();
        b.effect(Effect::parallel(branches));
        let items = all.iter().map(|one| crate::syntax::jsonata::Item::Value(one.expression()));
        b.return_(Expression::new(Kind::Array(items.collect()), 0..0));
    });
}

#[test]
fn scopes_inside_each_other() {
    states(|l, _, b| {
        let mut inner = Block::of(|b| b.effect(lambda("work", number(1))));
        for _ in 0..25 {
            let item = l.local("item");
            inner = Block::of(|b| {
                b.effect(lambda("before", number(1)));
                b.effect(Effect::map(leaf("[1, 2]", &[]), item, inner));
            });
        }
        b.statements.extend(inner.statements);
    });
}

fn lambda(function: &str, payload: Expression) -> Effect {
    Effect::lambda(function, "${Arn}", payload)
}

#[test]
fn what_stands_too_deeply_inside_is_a_fault_and_nothing_overflows() {
    type Wrap = dyn Fn(&mut Locals, &mut Block, Block);
    let wraps: [(&str, &Wrap); 6] = [
        ("map", &|l, b, inner| b.effect(Effect::map(leaf("[1, 2]", &[]), l.local("item"), inner))),
        ("parallel", &|_, b, inner| {
            let other = Block::of(|b| b.effect(lambda("other", number(1))));
            b.effect(Effect::parallel([inner, other].map(|body| Branch { bind: None, body })));
        }),
        ("attempt", &|_, b, inner| {
            let handler = Handler::on_any(None, Block::of(|b| b.effect(lambda("mend", number(1)))));
            b.attempt(|b| *b = inner, vec![handler]);
        }),
        ("handler", &|_, b, inner| b.effect(lambda("work", number(1)).on_any(None, inner))),
        ("loop", &|l, b, inner| {
            let label = l.label();
            b.repeat(label, |b| {
                *b = inner;
                b.break_(label);
            });
        }),
        ("if", &|_, b, inner| b.choose(If::new(leaf("$random() > 1", &[]), inner))),
    ];
    for (what, wrap) in wraps {
        for depth in [40, 255, 5_000] {
            let mut l = Locals::new();
            let input = l.local("input");
            let mut body = Block::of(|b| b.effect(lambda("work", number(1))));
            for _ in 0..depth {
                let inner = std::mem::take(&mut body);
                wrap(&mut l, &mut body, inner);
            }
            let program = Program::new(input, body);
            match program.lower() {
                Ok(lowered) => {
                    assert!(depth < 256, "{what}");
                    assert!(!crate::encode::to_string_pretty(&lowered.machine).is_empty());
                    let _ = lowered.machine.validate();
                }
                Err(faults) => {
                    assert!(depth > 40, "{what}: {faults}");
                    assert!(
                        faults.0.iter().all(|fault| fault.kind == FaultKind::TooDeep),
                        "{what}: {faults}"
                    );
                }
            }
            // dropping what is nested is the builder's own recursion
            if depth > 1_000 {
                std::mem::forget(program);
            }
        }
    }
}
