//! Deploy-time substitutions: `${Name}`.
//!
//! They are not part of the language. SAM, CDK and CloudFormation (`DefinitionSubstitutions`, `Fn::Sub`) replace
//! them before the service sees the definition, so a definition on disk holds them where ARNs and even numbers
//! will be.

use std::fmt;
use std::ops::Range;

use super::SyntaxError;

/// A string that is one deploy-time substitution and nothing else.
///
/// The shape is `${Name}`; a name has letters, digits and `_ . : -`, as in `${AWS::Region}` and
/// `${HelloFunction.Arn}`, and the brackets of CDK's `${Token[TOKEN.42]}`
/// ([definition substitutions](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html)).
///
/// ```
/// # use asl_core::syntax::Placeholder;
/// let function = Placeholder::parse("${HelloFunction.Arn}")?;
/// assert_eq!(function.name(), "HelloFunction.Arn");
/// assert_eq!(function.to_string(), "${HelloFunction.Arn}");
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Placeholder {
    name: String,
}

impl Placeholder {
    /// Parses a string that is exactly one placeholder.
    ///
    /// # Errors
    ///
    /// When there is no placeholder, or text beside it.
    ///
    /// ```
    /// # use asl_core::syntax::Placeholder;
    /// let error = Placeholder::parse("${Stage}-queue").unwrap_err();
    /// assert_eq!((error.at, error.message.as_str()), (8..14, "expected nothing beside `${Stage}`"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let Some((at, name)) = placeholders(text).next() else {
            return Err(SyntaxError::new(0..text.len(), "expected a placeholder like `${Name}`"));
        };
        if at == (0..text.len()) {
            return Ok(Self { name: name.to_owned() });
        }
        let beside = if at.start > 0 { 0..at.start } else { at.end..text.len() };
        Err(SyntaxError::new(beside, format!("expected nothing beside `${{{name}}}`")))
    }

    /// The name between the braces.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for Placeholder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${{{}}}", self.name)
    }
}

/// Finds every placeholder of a string, from left to right: its bytes, and its name.
///
/// A `${` without an end, or around something that is no name, is ordinary text; so is CloudFormation's
/// escape `${!Name}`.
///
/// ```
/// # use asl_core::syntax::placeholders;
/// let arn = "arn:${AWS::Partition}:sns:${Region}";
/// let found: Vec<_> = placeholders(arn).collect();
/// assert_eq!(found, [(4..21, "AWS::Partition"), (26..35, "Region")]);
/// ```
pub fn placeholders(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text[from..].find("${")?;
            let name = start + 2;
            let end = name + text[name..].find(|c| !is_name_char(c))?;
            from = end;
            if end > name && text[end..].starts_with('}') {
                from = end + 1;
                return Some((start..from, &text[name..end]));
            }
        }
    })
}

/// Whether a string holds a placeholder anywhere.
///
/// ```
/// # use asl_core::syntax::contains_placeholder;
/// assert!(contains_placeholder("https://${Host}/orders"));
/// assert!(!contains_placeholder("costs ${ 5"));
/// ```
#[must_use]
pub fn contains_placeholder(text: &str) -> bool {
    placeholders(text).next().is_some()
}

/// Where a character first stands outside placeholders, which may hold it in their names.
pub(super) fn find_outside_placeholders(text: &str, wanted: char) -> Option<usize> {
    let mut from = 0;
    for (at, _) in placeholders(text) {
        if let Some(found) = text[from..at.start].find(wanted) {
            return Some(from + found);
        }
        from = at.end;
    }
    text[from..].find(wanted).map(|found| from + found)
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '-' | '[' | ']')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, names: &[&str]) {
        let found: Vec<_> = placeholders(text).map(|(_, name)| name).collect();
        assert_eq!(found, names, "{text}");
        assert_eq!(contains_placeholder(text), !names.is_empty(), "{text}");
    }

    #[test]
    fn every_form_that_templates_write_is_found() {
        check("${Name}", &["Name"]);
        check("${AWS::Region}", &["AWS::Region"]);
        check("${Fn.Arn}", &["Fn.Arn"]);
        check("${my-stage_2}", &["my-stage_2"]);
        check("${Token[CDK.REF.REPLACED]}", &["Token[CDK.REF.REPLACED]"]);
        check("é${a}é${b}é", &["a", "b"]);
        check("${${a}}", &["a"]);
        check("$${a}", &["a"]);
    }

    #[test]
    fn what_is_not_closed_or_not_a_name_is_text() {
        for text in ["", "$", "${", "${}", "${a", "${a b}", "${!a}", "${é}", "$ {a}", "{a}", "{% $x %}"] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_character_inside_a_name_is_not_outside() {
        assert_eq!(find_outside_placeholders("${AWS::Region}:x", ':'), Some(14));
        assert_eq!(find_outside_placeholders("a:${AWS::Region}", ':'), Some(1));
        assert_eq!(find_outside_placeholders("${AWS::Region}", ':'), None);
    }

    #[test]
    fn a_refusal_points_at_the_text_beside() {
        let refusal = |text| Placeholder::parse(text).map_err(|error| (error.at, error.message)).unwrap_err();
        insta::assert_debug_snapshot!(["", "plain", "a${b}", "${b}c"].map(refusal), @r#"
        [
            (
                0..0,
                "expected a placeholder like `${Name}`",
            ),
            (
                0..5,
                "expected a placeholder like `${Name}`",
            ),
            (
                0..1,
                "expected nothing beside `${b}`",
            ),
            (
                4..5,
                "expected nothing beside `${b}`",
            ),
        ]
        "#);
    }

    proptest! {
        #[test]
        fn no_text_panics_and_each_range_holds_its_name(text in "([$]|[{]|[}]|a|:|é|.){0,20}") {
            for (at, name) in placeholders(&text) {
                prop_assert_eq!(&text[at], format!("${{{name}}}"));
            }
            let _ = find_outside_placeholders(&text, ':');
        }

        #[test]
        fn a_placeholder_prints_as_it_was_written(text in "[$][{][A-Za-z0-9_.:-]{1,12}[}]") {
            prop_assert_eq!(Placeholder::parse(&text).unwrap().to_string(), text);
        }
    }
}
