//! The setters that several builders share, one macro each, so that a field has one name and one text everywhere.
//!
//! Each takes the Rust code of a builder for its example.

/// The struct of a builder around an object of the model, in a language.
macro_rules! builder {
    ($(#[$doc:meta])* pub struct $name:ident<L>($model:ty);) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[must_use]
        pub struct $name<L: Language> {
            inner: $model,
            language: PhantomData<L>,
        }

        impl<L: Language> $name<L> {
            const fn from_model(inner: $model) -> Self {
                Self { inner, language: PhantomData }
            }

            $crate::builder::setters::extra!();
        }

        impl<L: Language> From<$name<L>> for $model {
            fn from(builder: $name<L>) -> Self {
                builder.inner
            }
        }

        impl<L: Language> From<$name<L>> for $crate::model::Value {
            fn from(builder: $name<L>) -> Self {
                $crate::builder::value::json(&builder.inner)
            }
        }

        impl<L: Language> serde::Serialize for $name<L> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.inner, serializer)
            }
        }
    };
    ($(#[$doc:meta])* pub struct $name:ident($model:ty);) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[must_use]
        pub struct $name {
            inner: $model,
        }

        impl $name {
            $crate::builder::setters::extra!();
        }

        impl From<$name> for $model {
            fn from(builder: $name) -> Self {
                builder.inner
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.inner, serializer)
            }
        }
    };
}

/// The struct of a state's builder: as [`builder!`], and it goes into machines.
macro_rules! state_builder {
    ($(#[$doc:meta])* pub struct $name:ident<L>($model:ty);) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[must_use]
        pub struct $name<L: Language> {
            inner: $model,
            language: PhantomData<L>,
        }

        impl<L: Language> $name<L> {
            const fn from_model(inner: $model) -> Self {
                Self { inner, language: PhantomData }
            }

            $crate::builder::setters::extra!();
        }

        /// The state with its `QueryLanguage`.
        impl<L: Language> From<$name<L>> for $crate::model::State {
            fn from(builder: $name<L>) -> Self {
                $crate::builder::language::in_language::<L>(builder.inner)
            }
        }

        /// The JSON of the state as it stands in a machine whose `QueryLanguage` is not written: its own is, if it is
        /// JSONata.
        impl<L: Language> From<$name<L>> for $crate::model::Value {
            fn from(builder: $name<L>) -> Self {
                let state = $crate::model::State::from(builder);
                $crate::builder::value::json(&$crate::builder::language::in_machine::<$crate::builder::JsonPath>(state))
            }
        }

        impl<L: Language> $crate::builder::StateOf<$crate::builder::JsonPath> for $name<L> {}
        impl $crate::builder::StateOf<$crate::builder::Jsonata> for $name<$crate::builder::Jsonata> {}

        /// Writes the state as it stands in a machine of its language.
        impl<L: Language> serde::Serialize for $name<L> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&$crate::builder::language::in_machine::<L>(self.inner.clone()), serializer)
            }
        }
    };
}

macro_rules! extra {
    () => {
        /// Adds a field that this crate does not know, as it is, so that a new feature of the service can be written
        /// today. Validation reports it as unsupported.
        ///
        /// ```
        /// # use asl_core::jsonpath::{Retrier, Task, end};
        /// let task = Task::new("arn:aws:states:::sqs:sendMessage", end()).extra("Priority", 1);
        /// assert_eq!(serde_json::json!(task)["Priority"], 1);
        /// ```
        pub fn extra(mut self, name: impl Into<String>, value: impl Into<$crate::model::Value>) -> Self {
            self.inner.extra.push(name, value);
            self
        }
    };
}

macro_rules! comment {
    ($builder:literal) => {
        /// Sets `Comment`: text for people, which the service ignores.
        ///
        /// ```
        /// # use asl_core::jsonpath::*;
        #[doc = concat!("let commented = ", $builder, ".comment(\"why it is here\");")]
        /// assert_eq!(serde_json::json!(commented)["Comment"], "why it is here");
        /// ```
        pub fn comment(mut self, comment: impl Into<String>) -> Self {
            self.inner.comment = Some(comment.into());
            self
        }
    };
}

macro_rules! assign {
    ($builder:literal) => {
        /// Sets `Assign`: the variables that are set, by name, as a payload.
        ///
        /// ```
        /// # use asl_core::jsonpath::*;
        #[doc = concat!("let assigning = ", $builder, ".assign(template().set(\"id\", path(\"$.id\")));")]
        /// assert_eq!(serde_json::json!(assigning)["Assign"]["id.$"], "$.id");
        /// ```
        pub fn assign(mut self, variables: impl $crate::builder::IntoTemplate<L>) -> Self {
            match variables.into_template() {
                $crate::model::Value::Object(variables) => self.inner.assign = Some(variables),
                // No model holds it; validation says what is wrong.
                other => {
                    let fault = $crate::model::Fault::Type { expected: "an object", within: String::new() };
                    self.inner.extra.push_fault("Assign".to_owned(), other, fault);
                }
            }
            self
        }

        /// Adds one variable to `Assign`.
        ///
        /// ```
        /// # use asl_core::jsonpath::*;
        #[doc = concat!("let assigning = ", $builder, ".assign_variable(\"id\", path(\"$.id\"));")]
        /// assert_eq!(serde_json::json!(assigning)["Assign"]["id.$"], "$.id");
        /// ```
        pub fn assign_variable(
            mut self,
            name: impl Into<String>,
            value: impl $crate::builder::IntoPayload<L>,
        ) -> Self {
            let variables = $crate::builder::Payload::<L>::from(self.inner.assign.unwrap_or_default());
            self.inner.assign = Some(variables.set(name, value).into_fields());
            self
        }
    };
}

macro_rules! output {
    ($builder:literal, $what:literal) => {
        #[doc = concat!("Sets `Output`: ", $what, ".")]
        ///
        /// ```
        /// # use asl_core::jsonata::*;
        #[doc = concat!("let shaped = ", $builder, ".output(payload().set(\"id\", jsonata(\"$id\")));")]
        /// assert_eq!(serde_json::json!(shaped)["Output"]["id"], "{% $id %}");
        /// ```
        pub fn output(mut self, output: impl $crate::builder::IntoPayload<L>) -> Self
        where
            L: $crate::builder::IsJsonata,
        {
            self.inner.output = Some(output.into_payload().value);
            self
        }
    };
}

macro_rules! input_and_output_path {
    ($builder:literal) => {
        /// Sets `InputPath`: what of the input the state sees; the whole of it (`$`) if not set, `{}` if `None`
        /// (`null`).
        ///
        /// ```
        /// # use asl_core::jsonpath::*;
        #[doc = concat!("let state = ", $builder, ".input_path(\"$.order\");")]
        /// assert_eq!(serde_json::json!(state)["InputPath"], "$.order");
        /// ```
        pub fn input_path(mut self, path: impl $crate::builder::IntoPathOrNull) -> Self
        where
            L: $crate::builder::IsJsonPath,
        {
            self.inner.input_path = Some(path.into_path_or_null());
            self
        }

        /// Sets `OutputPath`: what of the result is passed on; the whole of it (`$`) if not set, `{}` if `None`
        /// (`null`).
        ///
        /// ```
        /// # use asl_core::jsonpath::*;
        #[doc = concat!("let state = ", $builder, ".output_path(\"$.order\");")]
        /// assert_eq!(serde_json::json!(state)["OutputPath"], "$.order");
        /// ```
        pub fn output_path(mut self, path: impl $crate::builder::IntoPathOrNull) -> Self
        where
            L: $crate::builder::IsJsonPath,
        {
            self.inner.output_path = Some(path.into_path_or_null());
            self
        }
    };
}

macro_rules! result_path {
    ($builder:literal) => {
        /// Sets `ResultPath`: where the result goes in the input; in its place (`$`) if not set, nowhere if `None`
        /// (`null`).
        ///
        /// ```
        /// # use asl_core::jsonpath::*;
        #[doc = concat!("let state = ", $builder, ".result_path(\"$.user\");")]
        /// assert_eq!(serde_json::json!(state)["ResultPath"], "$.user");
        /// ```
        pub fn result_path(mut self, path: impl $crate::builder::IntoPathOrNull) -> Self
        where
            L: $crate::builder::IsJsonPath,
        {
            self.inner.result_path = Some(path.into_path_or_null());
            self
        }

        /// Sets `ResultPath` to `null`: the result is dropped, and the input passed on.
        ///
        /// ```
        /// # use asl_core::jsonpath::*;
        #[doc = concat!("let state = ", $builder, ".discard_result();")]
        /// assert_eq!(serde_json::json!(state).get("ResultPath"), Some(&serde_json::Value::Null));
        /// ```
        pub fn discard_result(self) -> Self
        where
            L: $crate::builder::IsJsonPath,
        {
            self.result_path(None)
        }
    };
}

macro_rules! parameters {
    ($builder:literal, $what:literal) => {
        #[doc = concat!("Sets `Parameters`: ", $what, ".")]
        ///
        /// ```
        /// # use asl_core::jsonpath::*;
        #[doc = concat!("let state = ", $builder, ".parameters(template().set(\"id\", path(\"$.id\")));")]
        /// assert_eq!(serde_json::json!(state)["Parameters"]["id.$"], "$.id");
        /// ```
        pub fn parameters(mut self, parameters: impl $crate::builder::IntoTemplate<L>) -> Self
        where
            L: $crate::builder::IsJsonPath,
        {
            self.inner.parameters = Some(parameters.into_template());
            self
        }
    };
}

macro_rules! arguments {
    ($builder:literal, $what:literal) => {
        #[doc = concat!("Sets `Arguments`: ", $what, ".")]
        ///
        /// ```
        /// # use asl_core::jsonata::*;
        #[doc = concat!("let state = ", $builder, ".arguments(payload().set(\"id\", jsonata(\"$id\")));")]
        /// assert_eq!(serde_json::json!(state)["Arguments"]["id"], "{% $id %}");
        /// ```
        pub fn arguments(mut self, arguments: impl $crate::builder::IntoPayload<L>) -> Self
        where
            L: $crate::builder::IsJsonata,
        {
            self.inner.arguments = Some(arguments.into_payload().value);
            self
        }
    };
}

macro_rules! result_selector {
    ($builder:literal) => {
        /// Sets `ResultSelector`: a payload template over the result, before `ResultPath`.
        ///
        /// ```
        /// # use asl_core::jsonpath::*;
        #[doc = concat!(
            "let state = ", $builder, ".result_selector(template().set(\"id\", path(\"$.Payload.id\")));"
        )]
        /// assert_eq!(serde_json::json!(state)["ResultSelector"]["id.$"], "$.Payload.id");
        /// ```
        pub fn result_selector(mut self, selector: impl $crate::builder::IntoTemplate<L>) -> Self
        where
            L: $crate::builder::IsJsonPath,
        {
            self.inner.result_selector = Some(selector.into_template());
            self
        }
    };
}

macro_rules! retry_and_catch {
    ($builder:literal) => {
        /// Adds to `Retry`: which errors are tried again. The first Retrier that names the error decides.
        ///
        /// ```
        /// # use asl_core::jsonpath::*;
        #[doc = concat!("let state = ", $builder, ".retry(Retrier::on(\"RateLimit\").interval(secs(60)));")]
        /// assert_eq!(serde_json::json!(state)["Retry"][0]["ErrorEquals"][0], "RateLimit");
        /// ```
        pub fn retry(mut self, retrier: $crate::builder::Retrier) -> Self {
            self.inner.retry.get_or_insert_default().push(retrier.into());
            self
        }

        /// Adds to `Catch`: where the state goes when it has failed for good. The first Catcher that names the
        /// error decides.
        ///
        /// ```
        /// # use asl_core::jsonpath::*;
        #[doc = concat!("let state = ", $builder, ".catch(Catcher::all(\"HandleFailure\").result_path(\"$.error\"));")]
        /// assert_eq!(serde_json::json!(state)["Catch"][0]["Next"], "HandleFailure");
        /// ```
        pub fn catch(mut self, catcher: $crate::builder::Catcher<L>) -> Self {
            self.inner.catch.get_or_insert_default().push(catcher.into());
            self
        }
    };
}

/// A setter of a field that is known at deployment.
macro_rules! constant {
    ($(#[$doc:meta])* $name:ident $($path:ident).+: $type:ty = $field:literal, $expected:literal) => {
        $(#[$doc])*
        pub fn $name(mut self, value: impl $crate::builder::IntoStatic<$type>) -> Self {
            match value.into_static() {
                Ok(value) => self.inner.$($path).+ = Some(value),
                Err(value) => {
                    let fault = $crate::model::Fault::Type { expected: $expected, within: String::new() };
                    self.inner.extra.push_fault($field.to_owned(), value, fault);
                }
            }
            self
        }
    };
}

/// A setter of a field that may be computed.
macro_rules! value {
    ($(#[$doc:meta])* $name:ident: $type:ty = $field:literal, $expected:literal) => {
        $(#[$doc])*
        pub fn $name(mut self, value: impl $crate::builder::IntoValue<L, $type>) -> Self {
            match value.into_value() {
                Ok(value) => self.inner.$name = Some($crate::model::ValueOrPath::Value(value)),
                Err(value) => {
                    let fault = $crate::model::Fault::Type { expected: $expected, within: String::new() };
                    self.inner.extra.push_fault($field.to_owned(), value, fault);
                }
            }
            self
        }
    };
}

/// A setter of a field that takes its value from a path, in place of the field without `Path`.
macro_rules! path_in_place {
    ($(#[$doc:meta])* $name:ident $($path:ident).+) => {
        $(#[$doc])*
        pub fn $name(mut self, path: impl Into<$crate::model::Path>) -> Self
        where
            L: $crate::builder::IsJsonPath,
        {
            self.inner.$($path).+ = Some($crate::model::ValueOrPath::Path(path.into()));
            self
        }
    };
}

pub(super) use {
    arguments, assign, builder, comment, constant, extra, input_and_output_path, output, parameters,
    path_in_place, result_path, result_selector, retry_and_catch, state_builder, value,
};
