//! What the expressions look like.

use std::collections::BTreeMap;

use asl_core::expr::{
    AslData, Expr, add, cast, div, eq, functions, gt, index, list, lit, mul, ne, none, range, some, text,
    tuple, variable,
};

/// One line an expression.
macro_rules! lines {
    ($($expression:expr;)*) => {
        [$( format!("{}\n    {}", stringify!($expression).replace("\n", " ").split_whitespace().collect::<Vec<_>>().join(" "), $expression.into_value()) ),*].join("\n")
    };
}

fn var<T: AslData>(name: &str) -> Expr<T> {
    variable(name)
}

#[test]
fn expressions_are_as_short_as_one_would_write_them() {
    let (n, m, f) = (var::<i64>("n"), var::<u64>("m"), var::<f64>("f"));
    let (s, o) = (var::<String>("s"), var::<Option<u32>>("o"));
    let (xs, ys) = (var::<Vec<u32>>("xs"), var::<Vec<Vec<u32>>>("ys"));
    let (map, t) = (var::<BTreeMap<String, u32>>("map"), var::<(u32, Vec<u32>)>("t"));
    let lines = lines! {
        div(n.clone(), lit(7));
        div(add(n.clone(), lit(1)), lit(7));
        div(m.clone(), lit(7));
        cast::<_, i32>(n.clone());
        cast::<_, u8>(m.clone());
        cast::<_, u32>(f.clone());
        f.round();
        o.clone();
        o.is_none();
        o.map(|o| mul(o, lit(2))).unwrap_or(lit(0));
        o.filter(|o| gt(o, lit(2)));
        eq(o.clone(), none());
        ne(o.clone(), some(lit(3)));
        eq(o.clone(), o.clone());
        s.trim();
        s.starts_with(text("ab"));
        s.ends_with(s.clone());
        s.parse::<u8>().ok();
        xs.iter().map(|x| add(x, lit(1))).filter(|x| gt(x, lit(2))).collect::<Vec<_>>();
        xs.iter().enumerate().map(|p| add(p.0.clone(), lit(1))).collect::<Vec<_>>();
        xs.iter().filter_map(|x| some(x).filter(|x| gt(x, lit(1)))).sum::<u32>();
        xs.iter().find(|x| gt(x, lit(2)));
        xs.iter().position(|x| gt(x, lit(2)));
        xs.iter().zip(ys.iter()).count();
        xs.iter().take(lit(2)).collect::<Vec<_>>();
        ys.iter().map(|y| y.iter().map(|x| add(x, lit(1))).collect::<Vec<_>>()).collect::<Vec<_>>();
        ys.iter().filter(|y| y.is_empty()).collect::<Vec<_>>();
        ys.contains(xs.clone());
        xs.contains(lit(3));
        index(xs.clone(), lit(0));
        index(t.1.clone(), lit(0));
        list([xs.clone()]);
        tuple((xs.clone(), o.clone()));
        range(lit(0), lit(3)).map(|i| mul(i, lit(2))).collect::<Vec<i32>>();
        map.get(text("a b"));
        map.values().sum::<u32>();
        functions::sha256(s.clone());
    };
    insta::assert_snapshot!(lines);
}
