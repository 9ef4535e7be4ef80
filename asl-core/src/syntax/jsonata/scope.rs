//! Which variables an expression takes from outside.

use std::collections::HashSet;

use super::ast::{Expression, Kind, Word};

impl Expression {
    /// The variables that nothing in the expression binds, in the order of the text, once for each time that they are
    /// used: workflow variables, `$states`, and the functions of the language, such as `sum`.
    ///
    /// What is bound in a block is bound in all of it, since functions may use what is bound after them; and so is
    /// what `@` and `#` bind in it.
    ///
    /// ```
    /// # use asl_core::syntax::jsonata::Expression;
    /// let code = "($net := $price * 0.8; $map($items, function($item){ $item.count * $net }))";
    /// let free = Expression::parse_strict(code).unwrap().free_variables();
    /// assert_eq!(free.iter().map(|word| &word.name).collect::<Vec<_>>(), ["price", "map", "items"]);
    /// assert_eq!(&code[free[0].span.clone()], "$price");
    /// ```
    #[must_use]
    pub fn free_variables(&self) -> Vec<Word> {
        let mut scopes = Scopes { bound: Vec::new(), free: Vec::new() };
        scopes.enter(self, &[]);
        scopes.free
    }
}

struct Scopes<'a> {
    /// What each scope binds, the innermost last.
    bound: Vec<HashSet<&'a str>>,
    free: Vec<Word>,
}

impl<'a> Scopes<'a> {
    /// Reads the inside of a scope: of the whole, a block, or a function with its parameters.
    fn enter(&mut self, scope: &'a Expression, parameters: &'a [Word]) {
        let mut bound = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        collect(scope, &mut bound);
        self.bound.push(bound);
        self.references(scope);
        self.bound.pop();
    }

    fn references(&mut self, expression: &'a Expression) {
        if let Kind::Variable(name) = &expression.kind
            && !self.bound.iter().any(|scope| scope.contains(name.as_str()))
        {
            self.free.push(Word { name: name.clone(), span: expression.span.clone() });
        }
        for part in inside(expression) {
            match &part.kind {
                Kind::Block(_) => self.enter(part, &[]),
                _ => self.references(part),
            }
        }
        if let Kind::Lambda { parameters, body, .. } = &expression.kind {
            self.enter(body, parameters);
        }
    }
}

/// The names that are bound in an expression, but not those in scopes inside it.
fn collect<'a>(expression: &'a Expression, bound: &mut HashSet<&'a str>) {
    if let Kind::Bind { variable, .. } | Kind::Focus { variable, .. } | Kind::Index { variable, .. } =
        &expression.kind
    {
        bound.insert(&variable.name);
    }
    for part in inside(expression) {
        if !matches!(part.kind, Kind::Block(_)) {
            collect(part, bound);
        }
    }
}

/// The parts that share a scope with the expression, or open their own as blocks; a function's body does neither.
fn inside(expression: &Expression) -> impl Iterator<Item = &Expression> {
    let is_function = matches!(expression.kind, Kind::Lambda { .. });
    expression.children().map(|child| child.expression).filter(move |_| !is_function)
}

#[cfg(test)]
mod tests {
    use super::Expression;

    #[track_caller]
    fn free(text: &str) -> String {
        let words = Expression::parse_strict(text).unwrap().free_variables();
        words.into_iter().map(|word| word.name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_nothing_binds_is_free() {
        assert_eq!(free("$a + $sum($b.$c)"), "a sum b c");
        assert_eq!(free("$ & $$ & name"), "");
        assert_eq!(free("$a := $b"), "b");
    }

    #[test]
    fn a_block_keeps_what_it_binds() {
        assert_eq!(free("($a := 1; $a) + $a"), "a");
        assert_eq!(free("($a := 1; ($b := $a; $b) + $b)"), "b");
        assert_eq!(free("(($a := 1); $a)"), "a");
        assert_eq!(free("($f := function($n){ $g($n) }; $g := $f; $f(1))"), "");
    }

    #[test]
    fn a_function_keeps_its_parameters() {
        assert_eq!(free("function($a){ $a + $b }($a)"), "b a");
        assert_eq!(free("function($a){ ($b := $a; $c) }"), "c");
        assert_eq!(free("[function($a){ $b := 1 }, $b]"), "b");
    }

    #[test]
    fn what_a_path_binds_goes_on() {
        assert_eq!(free("a@$x.b#$i[$i = $x.i].{'k': $x, 'n': $n}"), "n");
        assert_eq!(free("|$a|{'b': $c}, $d|"), "a c d");
    }
}
