use super::returns::short;
use super::work::WorkKind;
use super::{Handlers, Stage, Strict, Work};
use crate::expr::binding::bind;
use crate::expr::{AslData, AslError, Expr, tree};
use crate::flow::{Block, Effect, Errors, Handler, StatementKind, WaitFor};
use crate::flow::{EffectKind, Source};
use crate::syntax::jsonata::Expression;

impl Stage {
    /// Does the work, with what is done about its errors, and gives its value.
    pub fn perform<T: AslData, E: AslError>(
        &mut self,
        hint: &str,
        work: Work<T, E>,
        handlers: Handlers<E>,
    ) -> Expr<T> {
        let handlers = handlers.into_list();
        self.check_strict(&work, &handlers);
        let hint = if hint.is_empty() { work.hint.as_str() } else { hint };
        match work.kind {
            WorkKind::Effect { effect, gives, is_nested } => {
                let mut effect = self.sourced(*effect);
                effect.handlers = if is_nested { vec![self.of_nested(handlers)] } else { handlers };
                let value = gives.unwrap_or_else(|| {
                    let local = self.local(hint);
                    let value = local.expression();
                    effect.bind = Some(local);
                    value
                });
                self.push(StatementKind::Effect(Box::new(effect)));
                Expr::from_tree(value)
            }
            WorkKind::Region { body, value } => {
                if handlers.is_empty() {
                    self.block().statements.extend(body.statements);
                } else {
                    self.push(StatementKind::Attempt { body, handlers });
                }
                Expr::from_tree(value.expression())
            }
        }
    }

    /// An error that a task has no variant for passes the handlers of the function, but would not pass those of states.
    fn check_strict<T: AslData, E: AslError>(&mut self, work: &Work<T, E>, handlers: &[Handler]) {
        if handlers.iter().any(|handler| handler.errors == Errors::All) {
            for Strict { line, error } in &work.strict {
                let message = format!(
                    "`{error}` has no variant for other errors, so that they pass the `match` around this block; as \
                     states it would handle them: add a variant `#[asl(other)] Other(Failure)`"
                );
                self.faults.push((*line, message));
            }
        }
        if matches!(work.kind, WorkKind::Effect { .. }) && !E::TAKES_OTHERS {
            let error = short(std::any::type_name::<E>());
            self.strict.push(Strict { line: self.line, error });
        }
    }

    /// Registers what undoes the step that was just done.
    pub fn compensate<T: AslData, E: AslError>(&mut self, undo: Work<T, E>) {
        if let WorkKind::Effect { effect, .. } = undo.kind {
            let effect = self.sourced(*effect);
            self.push(StatementKind::Compensate(Box::new(effect)));
        }
    }

    /// `ctx.sleep(…)`
    pub fn sleep(&mut self, seconds: Expr<u64>) {
        self.wait(WaitFor::Seconds(seconds.into_tree()));
    }

    /// `ctx.sleep_until(…)`
    pub fn sleep_until(&mut self, time: Expr<String>) {
        self.wait(WaitFor::Timestamp(time.into_tree()));
    }

    fn wait(&mut self, time: WaitFor) {
        let effect = self.sourced(Effect::new(EffectKind::Wait(time)));
        self.push(StatementKind::Effect(Box::new(effect)));
    }

    fn sourced(&self, effect: Effect) -> Effect {
        Effect { source: Some(Source(self.line)), ..effect }
    }

    /// A nested execution that fails is `States.TaskFailed` with its description as the cause, and in that stand its own
    /// error and cause; of one whose time was over only the status says it.
    fn of_nested(&mut self, handlers: Vec<Handler>) -> Handler {
        let outer = self.local("nested");
        let inner = self.local("failure");
        let told = |name: &'static str, otherwise: fn(&Expression) -> Expression| {
            let description = tree::call("parse", [outer.field("Cause")]);
            let value = bind("nested", description, |nested| {
                let field = tree::field(&nested, name);
                tree::condition(tree::call("exists", [field.clone()]), field, otherwise(&nested))
            });
            (name, value)
        };
        let error = told("Error", |nested| {
            let is_late = tree::equal(tree::field(nested, "Status"), tree::string("TIMED_OUT"));
            tree::condition(is_late, tree::string("States.Timeout"), tree::string(""))
        });
        let failure = tree::object([error, told("Cause", |_| tree::string(""))]);
        let raised = Block::of(|block| block.raise(inner.field("Error"), inner.field("Cause")));
        let mut body = Block::of(|block| block.set(&inner, failure));
        if handlers.is_empty() {
            body.statements.extend(raised.statements);
        } else {
            body.push(StatementKind::Attempt { body: raised, handlers });
        }
        Handler::on(["States.TaskFailed"], Some(outer), body)
    }
}
