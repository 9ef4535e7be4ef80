use std::marker::PhantomData;

use crate::builder::{Language, setters};
use crate::model;

setters::state_builder! {
    /// A Succeed state: ends its scope well.
    ///
    /// See [Succeed State](https://states-language.net/#succeed-state).
    ///
    /// ```
    /// use asl_core::jsonpath::Succeed;
    /// assert_eq!(serde_json::json!(Succeed::new()), serde_json::json!({"Type": "Succeed"}));
    /// ```
    pub struct Succeed<L>(model::state::Succeed);
}

impl<L: Language> Succeed<L> {
    /// A state that ends its scope; the output is the state's input.
    ///
    /// ```
    /// use asl_core::jsonpath::Succeed;
    /// assert_eq!(serde_json::json!(Succeed::new())["Type"], "Succeed");
    /// ```
    pub fn new() -> Self {
        Self::from_model(model::state::Succeed::default())
    }

    setters::comment!("Succeed::new()");
}

/// What JSONPath alone has.
impl<L: Language> Succeed<L> {
    setters::input_and_output_path!("Succeed::new()");
}

/// What JSONata alone has.
impl<L: Language> Succeed<L> {
    setters::output!("Succeed::new()", "the output of the scope; the state's input if not set");
}

impl<L: Language> Default for Succeed<L> {
    fn default() -> Self {
        Self::new()
    }
}
