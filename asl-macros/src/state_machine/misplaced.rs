//! Tasks and changes at places where nothing can be done: what to write there instead.

use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, Ident, Path};

use super::purity::is_assignment;
use super::repeat::without_parentheses;
use super::scope::Compiler;

/// What is wrong, and what to write.
type Message = (&'static str, &'static str);

const NOT_AWAITED: Message = (
    "this does nothing until it is awaited",
    "write `.await?` behind it; what runs at the same time is written `try_join!(a, b)?`",
);
const IN_A_CLOSURE: Message = (
    "a closure within an expression cannot run a task",
    "run tasks over a list with `map_each(ctx, items, async |item| …).await?`, or in a `for` loop",
);
const NO_TASK: Message =
    ("this is set for a task, and here is none", "write it behind the call: `task(ctx, …).retry(…).await?`");
const JUMP: Message = (
    "a closure within an expression cannot jump",
    "use `if … { … } else { … }`, and let the last value be the result",
);
const CHANGE: Message = (
    "this belongs to the code around the closure, which cannot change it",
    "use `.sum()` or `.fold(…)` of an iterator, or a `for` loop over the list",
);

/// Methods that set a field of a task's state.
pub(super) fn is_setting(method: &Ident) -> bool {
    ["retry", "heartbeat", "timeout", "named", "credentials", "compensate"]
        .iter()
        .any(|known| method == known)
}

/// What functions of other libraries ask of the machine that they run on.
pub(super) fn of_the_world(path: &Path) -> Option<Message> {
    let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Some(match names.as_slice() {
        [.., "SystemTime" | "Instant" | "Utc" | "Local" | "OffsetDateTime", "now" | "now_utc"] => {
            ("a workflow has no clock but its handle", "write `ctx.now()`, or `ctx.millis()`")
        }
        [.., "rand", "random" | "rng" | "thread_rng"] => {
            ("a workflow has no random values but those of its handle", "write `ctx.random()`")
        }
        [.., "Uuid", "new_v4" | "now_v7"] => {
            ("a workflow has no random values but those of its handle", "write `ctx.uuid()`")
        }
        [.., "thread" | "time", "sleep"] => ("a workflow waits by its handle", "write `ctx.sleep(…).await`"),
        [.., "env", "var" | "vars" | "args"] => (
            "a workflow has no environment of a process",
            "take it as a part of the input, or read it in a task",
        ),
        [.., "fs", _] | [.., "File", "open" | "create"] => {
            ("a workflow has no files", "read and write them in a task")
        }
        _ => return None,
    })
}

/// What to write instead of a method that changes its receiver.
fn instead(method: &Ident) -> Option<&'static str> {
    Some(match method.to_string().as_str() {
        "sort_by" | "sort_unstable_by" => "name what it is ordered by: `list.sort_by_key(|item| …);`",
        "swap" | "drain" | "dedup" => "make the new value of iterators, and assign it",
        _ => return None,
    })
}

impl Compiler<'_> {
    /// Reports tasks that are not awaited and jumps and changes in closures. The rest of the expression is then not
    /// looked at: what is wrong with it may follow from this.
    pub(super) fn reports_misplaced(&mut self, expression: &Expr) -> bool {
        let mut search = Search { compiler: self, in_closure: false, found: Vec::new() };
        search.visit_expr(expression);
        let found = search.found;
        for (at, (what, help)) in &found {
            self.refuse(at, what, help);
        }
        !found.is_empty()
    }

    /// Reports a statement that changes a local by a method for which there is no state.
    pub(super) fn reports_change(&mut self, call: &ExprMethodCall) -> bool {
        let Some(help) = instead(&call.method).filter(|_| self.is_of_a_local(&call.receiver)) else {
            return false;
        };
        let method = &call.method;
        self.refuse(method, &format!("a workflow cannot `{method}` a value in place"), help);
        true
    }

    fn is_of_a_local(&self, place: &Expr) -> bool {
        match without_parentheses(place) {
            Expr::Path(path) => path.path.get_ident().is_some_and(|name| self.local(name).is_some()),
            Expr::Field(field) => self.is_of_a_local(&field.base),
            Expr::Unary(unary) => self.is_of_a_local(&unary.expr),
            _ => false,
        }
    }

    /// Whether it is the call of a function that gets the handle, maybe with settings behind it.
    pub(super) fn is_started(&self, expression: &Expr) -> bool {
        match without_parentheses(expression) {
            Expr::Call(call) => call.args.first().is_some_and(|first| self.is_handle(first)),
            Expr::MethodCall(call) => self.is_started(&call.receiver),
            _ => false,
        }
    }
}

struct Search<'c, 'e> {
    compiler: &'c Compiler<'e>,
    in_closure: bool,
    found: Vec<(Expr, Message)>,
}

impl<'ast> Visit<'ast> for Search<'_, '_> {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        let message = match expression {
            Expr::Await(_) if self.in_closure => IN_A_CLOSURE,
            // awaits and blocks are reported where they are rewritten, a loop within a closure as a whole
            Expr::Await(_) | Expr::Async(_) | Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => return,
            Expr::Closure(closure) if closure.asyncness.is_some() => return,
            Expr::Closure(closure) => {
                let was = std::mem::replace(&mut self.in_closure, true);
                self.visit_expr(&closure.body);
                self.in_closure = was;
                return;
            }
            Expr::Call(_) | Expr::MethodCall(_) if self.compiler.is_started(expression) => {
                if self.in_closure { IN_A_CLOSURE } else { NOT_AWAITED }
            }
            Expr::MethodCall(call) if call.method == "retry" || call.method == "compensate" => {
                let at = &call.method;
                self.found.push((syn::parse_quote!(#at), NO_TASK));
                return;
            }
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) if self.in_closure => JUMP,
            Expr::Assign(assign) if self.in_closure && self.compiler.is_of_a_local(&assign.left) => {
                self.found.push(((*assign.left).clone(), CHANGE));
                return;
            }
            Expr::Binary(binary)
                if self.in_closure
                    && is_assignment(&binary.op)
                    && self.compiler.is_of_a_local(&binary.left) =>
            {
                self.found.push(((*binary.left).clone(), CHANGE));
                return;
            }
            other => return visit::visit_expr(self, other),
        };
        self.found.push((expression.clone(), message));
    }
}
