use crate::emit::Form;
use crate::expand;

/// The expansion, formatted.
#[track_caller]
fn expansion(form: Form, source: &str) -> String {
    let tokens = expand::definition(form, source.parse().unwrap());
    let file = syn::parse2(quote::quote!(fn f() { #tokens })).unwrap();
    prettyplease::unparse(&file)
}

const GOOD: &str = "StartAt: A, States: { A: Succeed {} }";

#[test]
fn a_machine_is_read_from_the_checked_text() {
    insta::assert_snapshot!(expansion(Form::Machine, GOOD), @r###"
    fn f() {
        ::asl_core::__private::unwrap(
            ::asl_core::__private::validated(
                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}",
                ::asl_core::model::WorkflowType::Standard,
            ),
        )
    }
    "###);
}

#[test]
fn an_express_machine_is_validated_as_one() {
    insta::assert_snapshot!(expansion(Form::Result, &format!("#![express] {GOOD}")), @r###"
    fn f() {
        ::asl_core::__private::validated(
            "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}",
            ::asl_core::model::WorkflowType::Express,
        )
    }
    "###);
}

#[test]
fn json_is_a_literal() {
    insta::assert_snapshot!(expansion(Form::Json, GOOD), @r###"
    fn f() {
        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}"
    }
    "###);
}

#[test]
fn rust_values_are_put_in_at_their_pointers() {
    insta::assert_snapshot!(
        expansion(Form::Machine, r#"StartAt: A, States: { A: Pass { Result: { "a/b": #(x + 1) }, End: true } }"#),
        @r###"
        fn f() {
            ::asl_core::__private::unwrap(
                ::asl_core::__private::interpolated(
                    "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":{\"a/b\":\"${rust-expression-0}\"},\"End\":true}}}",
                    ::asl_core::model::WorkflowType::Standard,
                    [("/States/A/Result/a~1b", ::core::convert::Into::into(x + 1))],
                ),
            )
        }
        "###
    );
}

#[test]
fn errors_leave_a_value_of_the_right_type() {
    insta::assert_snapshot!(expansion(Form::Machine, "StartAt: B, States: { A: Succeed {} }"), @r###"
    fn f() {
        ::asl_core::__private::unwrap({
            ::core::compile_error! {
                "[ASL0301] there is no state `B`\nhelp: did you mean `A`?"
            }
            ::asl_core::__private::not_compiled::<
                ::core::result::Result<
                    ::asl_core::Valid<::asl_core::model::StateMachine>,
                    ::std::boxed::Box<::asl_core::Invalid<::asl_core::model::StateMachine>>,
                >,
            >()
        })
    }
    "###);
    insta::assert_snapshot!(expansion(Form::Result, "StartAt"), @r###"
    fn f() {
        {
            ::core::compile_error! {
                "expected `:` after `StartAt`"
            }
            ::asl_core::__private::not_compiled::<
                ::core::result::Result<
                    ::asl_core::Valid<::asl_core::model::StateMachine>,
                    ::std::boxed::Box<::asl_core::Invalid<::asl_core::model::StateMachine>>,
                >,
            >()
        }
    }
    "###);
    insta::assert_snapshot!(expansion(Form::Json, "StartAt"), @r###"
    fn f() {
        {
            ::core::compile_error! {
                "expected `:` after `StartAt`"
            }
            ""
        }
    }
    "###);
}

#[test]
fn a_warning_is_a_use_of_something_deprecated() {
    insta::assert_snapshot!(
        expansion(Form::Machine, "StartAt: A, States: { A: Pass { Result: 1e999, End: true } }"),
        @r###"
        fn f() {
            ::asl_core::__private::unwrap({
                {
                    #[deprecated(
                        note = "[ASL0003] the number 1e999 cannot be kept exactly\nhelp: write it as a string, or with fewer digits"
                    )]
                    #[allow(non_upper_case_globals)]
                    const state_machine_warning: () = ();
                    state_machine_warning
                }
                ::asl_core::__private::validated(
                    "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":1.7976931348623157e+308,\"End\":true}}}",
                    ::asl_core::model::WorkflowType::Standard,
                )
            })
        }
        "###
    );
}
