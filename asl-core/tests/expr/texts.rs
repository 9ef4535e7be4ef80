use asl_core::expr::{add, eq, format, gt, lit, lt, text};
use proptest::prelude::*;

use crate::evaluation::Data;

/// Texts with what is easily got wrong: white space, quotes, braces, letters of more than one unit.
fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            "a", "b", "B", " ", "  ", "\t", "\n", "'", "\"", "\\", "{", "}", "$", "$1", "é", "ß", "𝄞", "ab",
            "-", "0",
        ]),
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn methods_of_texts_are_those_of_rust(a in texts(), b in texts(), c in texts(), n in 0_usize..4) {
        let mut data = Data::new();
        let (x, y, z) = (data.with::<String>("x", &a), data.with::<String>("y", &b), data.with::<String>("z", &c));
        let count = data.with::<usize>("n", n);
        prop_assert_eq!(data.value(x.is_empty()), a.is_empty());
        prop_assert_eq!(data.value(x.chars().count()), a.chars().count());
        prop_assert_eq!(data.value(x.to_uppercase()), a.to_uppercase());
        prop_assert_eq!(data.value(x.to_lowercase()), a.to_lowercase());
        prop_assert_eq!(data.value(x.trim()), a.trim());
        prop_assert_eq!(data.value(x.trim_start()), a.trim_start());
        prop_assert_eq!(data.value(x.trim_end()), a.trim_end());
        prop_assert_eq!(data.value(x.contains(y.clone())), a.contains(&b));
        prop_assert_eq!(data.value(x.starts_with(y.clone())), a.starts_with(&b));
        prop_assert_eq!(data.value(x.ends_with(y.clone())), a.ends_with(&b));
        prop_assert_eq!(data.value(x.ends_with(text(&b))), a.ends_with(&b));
        prop_assert_eq!(data.value(x.starts_with(lit('é'))), a.starts_with('é'));
        prop_assert_eq!(data.value(add(x.clone(), y.clone()).ends_with(add(y.clone(), text("")))), true);
        prop_assert_eq!(data.value(x.repeat(count.clone())), a.repeat(n));
        prop_assert_eq!(data.value(add(x.clone(), add(y.clone(), z.clone()))), format!("{a}{b}{c}"));
        prop_assert_eq!(data.value(eq(x.clone(), y.clone())), a == b);
        prop_assert_eq!(data.value(lt(x.clone(), y.clone())), a < b);
        prop_assert_eq!(data.value(gt(x.clone(), y.clone())), a > b);
        prop_assert_eq!(data.value(text(&a)), a.clone());
        if !b.is_empty() {
            prop_assert_eq!(data.value(x.replace(y.clone(), z.clone())), a.replace(&b, &c));
            prop_assert_eq!(data.value(x.replacen(y.clone(), z.clone(), count)), a.replacen(&b, &c, n));
            prop_assert_eq!(data.value(x.split(y).collect::<Vec<_>>()), a.split(&b).collect::<Vec<_>>());
        }
    }

    #[test]
    fn format_writes_what_rust_writes(a in texts(), n in -99_999_999_i64..99_999_999, p: bool, f in -9_999_i32..9_999) {
        let f = f64::from(f) / 64.0;
        let mut data = Data::new();
        let (x, y) = (data.with::<String>("x", &a), data.with::<i64>("y", n));
        let (z, g) = (data.with::<bool>("z", p), data.with::<f64>("g", f));
        let values = [x.to_string(), y.to_string(), z.to_string(), g.to_string()];
        prop_assert_eq!(data.value(format(["<'", " {} \"", "", "\\", ">"], values)), format!("<'{a} {{}} \"{n}{p}\\{f}>"));
        prop_assert_eq!(data.value(y.to_string()), n.to_string());
        prop_assert_eq!(data.value(format([], [y.to_string()])), n.to_string());
        prop_assert_eq!(data.value(format(["", ""], [add(y.clone(), lit(1)).to_string()])), (n + 1).to_string());
        prop_assert_eq!(data.value(format(["a", ""], [add(y, lit(1)).to_string()])), format!("a{}", n + 1));
    }

    #[test]
    fn numbers_are_parsed_as_in_rust(sign in "[-+]{0,2}", zeros in "0{0,3}", digits in "[0-9]{0,7}", rest in "( |\\.[0-9]{0,2}|[eE][-+]?[0-9]|x)?") {
        let a = format!("{sign}{zeros}{digits}{rest}");
        let mut data = Data::new();
        let x = data.with::<String>("x", &a);
        prop_assert_eq!(data.value(x.parse::<i64>().ok()), a.parse::<i64>().ok(), "{}", a);
        prop_assert_eq!(data.value(x.parse::<i16>().ok()), a.parse::<i16>().ok(), "{}", a);
        prop_assert_eq!(data.value(x.parse::<u8>().unwrap_or(lit(7))), a.parse::<u8>().unwrap_or(7), "{}", a);
        prop_assert_eq!(data.value(x.parse::<u64>().is_ok()), a.parse::<u64>().is_ok(), "{}", a);
        prop_assert_eq!(data.value(x.parse::<bool>().is_err()), a.parse::<bool>().is_err());
        if !rest.ends_with('.') && !a.contains("+.") && !a.starts_with('.') && !a.contains("-.") {
            prop_assert_eq!(data.value(x.parse::<f64>().ok()), a.parse::<f64>().ok(), "{}", a);
        }
    }
}
