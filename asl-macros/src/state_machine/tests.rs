//! Expansion in process.

use proc_macro2::TokenStream;
use quote::quote;

use super::expand;

fn expanded(arguments: &str, item: &str) -> String {
    let item: TokenStream = item.parse().unwrap();
    expand(arguments.parse().unwrap(), &item).to_string()
}

#[track_caller]
fn has(text: &str, part: &TokenStream) {
    assert!(text.contains(&part.to_string()), "{part}\nis not in\n{text}");
}

#[test]
fn a_body_that_is_being_typed_is_still_the_users_function() {
    let item = quote!(
        async fn onboard(ctx: &Ctx, user: User) -> Result<(), Failure> {
            user.
        }
    );
    let text = expanded("", &item.to_string());
    has(&text, &item);
    has(&text, &quote!(::core::compile_error!));
}

#[test]
fn a_function_with_errors_is_emitted_as_it_was_written() {
    let item = quote!(
        async fn onboard(ctx: &Ctx, user: User) -> Result<(), Failure> {
            let future = later(ctx);
            unsafe { user.go() };
            Ok(())
        }
    );
    let text = expanded("", &item.to_string());
    has(&text, &item);
    has(&text, &quote!(::core::compile_error!));
    // callers compile
    has(&text, &quote!(pub fn definition()));
    has(&text, &quote!(pub fn __asl_call));
}

#[test]
fn a_function_stands_whole_in_the_one_that_runs_it() {
    let body = quote!({
        let x = fetch(ctx, &id).await?;
        Ok(x)
    });
    let text = expanded(
        "",
        &quote!(pub async fn look(ctx: &Ctx, id: String) -> Result<u8, Failure> #body).to_string(),
    );
    has(&text, &quote!(async fn __asl_body(ctx: &Ctx, id: String) -> Result<u8, Failure> #body));
    has(&text, &quote!(let __asl_work_1 = fetch::__asl_call(::core::clone::Clone::clone(&id));));
    has(&text, &quote!(fn look_is_a_valid_state_machine()));
    assert!(!text.contains("compile_error"));
}
