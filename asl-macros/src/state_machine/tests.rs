//! Expansion in process: whatever is wrong with a function, it stays, and what calls it goes on.

use proc_macro2::{Group, TokenStream, TokenTree};

use super::expand;

const WORKFLOW: &str = "
    pub async fn ship(ctx: &Ctx, order: Order) -> Result<u32, Failure> {
        let mut sum = 0;
        for item in &order.items {
            sum += pack(ctx, &item.sku, item.qty).retry(Retry::LAMBDA).await?;
        }
        let (a, b) = try_join!(pack(ctx, &order.id, 1), async { Ok(2) })?;
        let all = map_each(ctx, &order.items, async |item| pack(ctx, &item.sku, 1).await).await?;
        match order.note {
            Some(note) if a > b => refund(ctx, &note).await?,
            _ => ctx.sleep(Duration::from_secs(order.wait)).await,
        }
        Ok(sum + all.len() as u32)
    }
";

fn expanded(item: &str) -> String {
    expand(TokenStream::new(), &item.parse().unwrap()).to_string()
}

/// The tokens as they are printed.
fn printed(item: &str) -> String {
    item.parse::<TokenStream>().unwrap().to_string()
}

#[test]
fn a_body_that_is_being_typed_still_gives_the_function_and_its_callers_go_on() {
    for body in [
        "user.",
        "let id = user.;",
        "let plan = ",
        "match user.plan { Plan::Free => }",
        "match user.plan { Plan:: }",
        "if user.",
        "for item in { }",
        "charge(ctx, )?. ",
        "let x = fetch(ctx, user.).await?;",
    ] {
        let item = format!("async fn greet(ctx: &Ctx, user: User) -> Result<String, Failure> {{ {body} }}");
        let expansion = expanded(&item);
        assert!(expansion.contains(&printed(&item)), "{expansion}");
        let is_type = expansion.contains("struct greet") && expansion.contains("fn __asl_call");
        assert!(is_type, "{expansion}");
    }
}

#[test]
fn a_body_with_a_mistake_still_gives_the_function_and_its_callers_go_on() {
    let item = "async fn greet(ctx: &Ctx, user: User) -> Result<String, Failure> { println!(\"{}\", user.id); Ok(user.id) }";
    let expansion = expanded(item);
    assert!(expansion.contains(&printed(item)), "{expansion}");
    assert!(expansion.contains("a workflow cannot print"), "{expansion}");
    assert!(expansion.contains("struct greet"), "{expansion}");
}

#[test]
fn what_is_no_function_is_given_back() {
    let expansion = expanded("struct Greet { user: User }");
    assert!(expansion.starts_with(&printed("struct Greet { user: User }")), "{expansion}");
    assert!(expansion.contains("`#[state_machine]` is for a function"), "{expansion}");
}

/// A method stays one: there are no types within an `impl`.
#[test]
fn a_method_is_given_back_with_what_is_wrong_alone() {
    let item = "async fn greet(&self, ctx: &Ctx, user: User) -> Result<String, Failure> { Ok(user.id) }";
    let expansion = expanded(item);
    let (signature, body) = item.split_at(item.find('{').unwrap());
    assert!(expansion.contains(&printed(&format!("{signature} {{}}")).replace('}', "")), "{expansion}");
    assert!(expansion.contains("a workflow is a function, no method"), "{expansion}");
    assert!(expansion.ends_with(printed(body).trim_start_matches('{')), "{expansion}");
    assert!(!expansion.contains("struct") && !expansion.contains("const _"), "{expansion}");
}

#[test]
fn a_function_without_mistakes_is_a_type_as_well() {
    let expansion = expand(TokenStream::new(), &WORKFLOW.parse().unwrap());
    let file: syn::File = syn::parse2(expansion).unwrap();
    let is_function =
        |item: &syn::Item| matches!(item, syn::Item::Fn(function) if function.sig.ident == "ship");
    let is_type = |item: &syn::Item| matches!(item, syn::Item::Struct(item) if item.ident == "ship");
    assert!(file.items.iter().any(is_function) && file.items.iter().any(is_type));
    assert!(!quote::quote!(#file).to_string().contains("compile_error"));
}

#[test]
fn an_attribute_within_the_body_stays_there() {
    let body = "{ #![allow(unused_parens)] Ok((user.id)) }";
    let expansion =
        expanded(&format!("async fn greet(ctx: &Ctx, user: User) -> Result<String, Failure> {body}"));
    assert!(expansion.contains(&printed(body)), "{expansion}");
    assert!(syn::parse_str::<syn::File>(&expansion).is_ok(), "{expansion}");
}

/// The tokens with their places, brackets included.
fn placed(tokens: TokenStream, found: &mut Vec<(String, usize, usize)>) {
    for token in tokens {
        let start = token.span().start();
        match token {
            TokenTree::Group(group) => {
                found.push((format!("{:?}", group.delimiter()), start.line, start.column));
                placed(group.stream(), found);
            }
            token => found.push((token.to_string(), start.line, start.column)),
        }
    }
}

/// Editors follow spans: to what a word means, and to where it is said.
#[test]
fn the_body_is_given_back_token_by_token_where_it_was_written() {
    let unfinished = "async fn greet(ctx: &Ctx, user: User) -> Result<String, Failure> { let x = fetch(ctx, ).await?; Ok(x) }";
    for item in [WORKFLOW, unfinished] {
        let item: TokenStream = item.parse().unwrap();
        let (mut body, mut expansion) = (Vec::new(), Vec::new());
        placed(item.clone().into_iter().last().map(TokenStream::from).unwrap(), &mut body);
        placed(expand(TokenStream::new(), &item), &mut expansion);
        assert!(body.len() > 10 && body[0].1 > 0);
        assert!(expansion.windows(body.len()).any(|window| window == body), "{body:?}");
    }
}

/// How many tokens there are, brackets counted as one.
fn count(tokens: &TokenStream) -> usize {
    let counted = tokens.clone().into_iter().map(|token| match token {
        TokenTree::Group(group) => 1 + count(&group.stream()),
        _ => 1,
    });
    counted.sum()
}

/// The tokens with one of them changed; `index` counts down on the way.
fn change(tokens: TokenStream, index: &mut Option<usize>, by: &[TokenTree]) -> TokenStream {
    let mut changed = Vec::new();
    for token in tokens {
        if *index == Some(0) {
            *index = None;
            changed.extend(by.iter().cloned());
            continue;
        }
        *index = index.map(|left| left - 1);
        changed.push(match token {
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), change(group.stream(), index, by)).into()
            }
            token => token,
        });
    }
    changed.into_iter().collect()
}

/// No function panics the macro, and none is lost: every token is taken away or replaced in turn.
#[test]
fn a_function_with_any_other_token_is_still_there() {
    let workflow: TokenStream = WORKFLOW.parse().unwrap();
    for by in ["", ".", "?", "await", "return", "&mut", "|x|", "1", "()", "{}", "async", "loop {}"] {
        let by: Vec<TokenTree> = by.parse::<TokenStream>().unwrap().into_iter().collect();
        for index in 0..count(&workflow) {
            let changed = change(workflow.clone(), &mut Some(index), &by);
            let expansion = expand(TokenStream::new(), &changed);
            let body = changed.into_iter().last().map(TokenStream::from).unwrap_or_default();
            // printed anew, the same tokens stand closer
            let dense = |tokens: TokenStream| tokens.to_string().replace(char::is_whitespace, "");
            let body = dense(body);
            assert!(dense(expansion).contains(&body), "{body}");
        }
    }
}
