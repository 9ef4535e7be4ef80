//! Placeholders in the words of the tools that fill them in.

use std::fmt::Write;

use super::Placeholders;

impl Placeholders {
    /// `DefinitionSubstitutions` of SAM's `AWS::Serverless::StateMachine` and of CloudFormation's
    /// `AWS::StepFunctions::StateMachine`, as YAML; empty if there is no placeholder.
    ///
    /// Each value is what `Fn::Sub` makes of the name: a parameter or resource of the template, an attribute
    /// (`${Function.Arn}`), a pseudo parameter (`${AWS::Region}`).
    ///
    /// ```
    /// # let text = r#"{"States": {"A": {"Type": "Task", "Resource": "${Charge.Arn}"}}}"#;
    /// # let machine = asl_core::decode(text)?.machine;
    /// assert_eq!(
    ///     asl_core::emit::placeholders(&machine).to_cloudformation(),
    ///     "DefinitionSubstitutions:\n  \"Charge.Arn\": !Sub \"${Charge.Arn}\"\n",
    /// );
    /// # Ok::<(), asl_core::decode::JsonError>(())
    /// ```
    #[must_use]
    pub fn to_cloudformation(&self) -> String {
        self.in_brackets("DefinitionSubstitutions:\n", "", |name| {
            let key = if is_word(name) { name.to_owned() } else { format!("\"{name}\"") };
            format!("{key}: !Sub \"${{{name}}}\"")
        })
    }

    /// The variables of Terraform's `templatefile("order.asl.json", { … })`, as an HCL map; empty if there is no
    /// placeholder.
    ///
    /// A template knows only plain names: of a placeholder like `${AWS::Region}` a comment says that it needs
    /// another name.
    ///
    /// ```
    /// # let text = r#"{"States": {"A": {"Type": "Task", "Resource": "${ChargeArn}"}}}"#;
    /// # let machine = asl_core::decode(text)?.machine;
    /// assert_eq!(
    ///     asl_core::emit::placeholders(&machine).to_terraform(),
    ///     "{\n  ChargeArn = var.charge_arn\n}\n",
    /// );
    /// # Ok::<(), asl_core::decode::JsonError>(())
    /// ```
    #[must_use]
    pub fn to_terraform(&self) -> String {
        self.in_brackets("{\n", "}\n", |name| {
            if is_word(name) {
                format!("{name} = var.{}", words(name).join("_"))
            } else {
                format!("# `{name}` is no name in a Terraform template: rename the placeholder")
            }
        })
    }

    /// `definitionSubstitutions` of CDK's `StateMachine`, as a TypeScript property; empty if there is no placeholder.
    ///
    /// ```
    /// # let text = r#"{"States": {"A": {"Type": "Task", "Resource": "${ChargeArn}"}}}"#;
    /// # let machine = asl_core::decode(text)?.machine;
    /// assert_eq!(
    ///     asl_core::emit::placeholders(&machine).to_cdk(),
    ///     "definitionSubstitutions: {\n  ChargeArn: props.chargeArn,\n},\n",
    /// );
    /// # Ok::<(), asl_core::decode::JsonError>(())
    /// ```
    #[must_use]
    pub fn to_cdk(&self) -> String {
        self.in_brackets("definitionSubstitutions: {\n", "},\n", |name| {
            let key = if is_word(name) { name.to_owned() } else { format!("\"{name}\"") };
            format!("{key}: props.{},", camel_case(name))
        })
    }

    fn in_brackets(&self, open: &str, close: &str, line: impl Fn(&str) -> String) -> String {
        if self.is_empty() {
            return String::new();
        }
        let mut text = open.to_owned();
        for placeholder in self {
            writeln!(text, "  {}", line(&placeholder.name)).expect("a String takes all text");
        }
        text + close
    }
}

/// Whether a name is an identifier in all of the languages.
fn is_word(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The words of a name in lower case: `FetchUserArn` and `fetch-user.arn` are `fetch`, `user`, `arn`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = '_';
    for c in name.chars() {
        let begins =
            !before.is_ascii_alphanumeric() || (c.is_ascii_uppercase() && !before.is_ascii_uppercase());
        if c.is_ascii_alphanumeric() {
            match words.last_mut() {
                Some(word) if !begins => word.push(c.to_ascii_lowercase()),
                _ => words.push(c.to_ascii_lowercase().to_string()),
            }
        }
        before = c;
    }
    words
}

fn camel_case(name: &str) -> String {
    let mut text = String::new();
    for word in words(name) {
        let mut chars = word.chars();
        let first = chars.next().unwrap_or_default();
        let is_first_word = text.is_empty();
        // a property may not begin with a digit
        if is_first_word && first.is_ascii_digit() {
            text.push('_');
        }
        text.push(if is_first_word { first } else { first.to_ascii_uppercase() });
        text.push_str(chars.as_str());
    }
    text
}
