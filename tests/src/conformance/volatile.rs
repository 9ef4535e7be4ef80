//! Places of a recording that are different in every run, as its `volatile` lists them.

use serde_json::Value;

/// A place: `$.history[*].timestamp`, `$.expected.output['x-id'][0]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(Vec<Step>);

/// A step of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `.name` or `['name']`.
    Field(String),
    /// `[2]`.
    Index(usize),
    /// `[*]`.
    All,
}

impl Path {
    /// Reads a place; nothing, if it is of a form that recordings do not have.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = if let Some(quoted) = rest.strip_prefix("['") {
                let (name, after) = quoted.split_once("']")?;
                (Step::Field(name.to_owned()), after)
            } else if let Some(index) = rest.strip_prefix('[') {
                let (index, after) = index.split_once(']')?;
                let step = if index == "*" { Step::All } else { Step::Index(index.parse().ok()?) };
                (step, after)
            } else {
                let name = rest.strip_prefix('.')?;
                let end = name.find(['.', '[']).unwrap_or(name.len());
                (Step::Field(name[..end].to_owned()), &name[end..])
            };
            steps.push(step);
            rest = after;
        }
        Some(Self(steps))
    }

    /// The steps, from the root.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The place within the input of a task, of a place within the event that scheduled it.
    #[must_use]
    pub fn in_input(&self) -> Option<Self> {
        match &self.0[..] {
            [_, Step::Field(details), Step::Field(payload), rest @ ..] => {
                let is_input = details.ends_with("ScheduledEventDetails")
                    && ["parameters", "input"].contains(&payload.as_str());
                is_input.then(|| Self(rest.to_vec()))
            }
            _ => None,
        }
    }

    /// The places below a field of the root, seen from there.
    #[must_use]
    pub fn below(&self, field: &str) -> Option<Self> {
        let (first, rest) = self.0.split_first()?;
        (*first == Step::Field(field.to_owned())).then(|| Self(rest.to_vec()))
    }
}

/// The volatile places of a case below `expected` or `history`.
///
/// # Errors
///
/// With a place that cannot be read: it would be compared although it must not.
pub fn below(case: &Value, field: &str) -> Result<Vec<Path>, String> {
    let texts = case["volatile"].as_array().into_iter().flatten();
    let paths = texts.map(|text| {
        let path = text.as_str().and_then(Path::parse);
        path.ok_or_else(|| format!("the volatile place {text} is of an unknown form"))
    });
    let paths = paths.collect::<Result<Vec<_>, _>>()?;
    Ok(paths.iter().filter_map(|path| path.below(field)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn places_of_all_forms_are_read() {
        let field = |name: &str| Step::Field(name.to_owned());
        let path = Path::parse("$.history[2].a['x-b.c[0]'][*].d").unwrap();
        assert_eq!(
            path.steps(),
            [field("history"), Step::Index(2), field("a"), field("x-b.c[0]"), Step::All, field("d")]
        );
        for wrong in ["", "a", "$a", "$.a[", "$[x]", "$['a"] {
            assert_eq!(Path::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_case_lists_places_of_its_history_and_of_what_it_expects() {
        let case = json!({"volatile": ["$.history[*].timestamp", "$.expected.cause"]});
        assert_eq!(below(&case, "expected").unwrap(), [Path::parse("$.cause").unwrap()]);
        assert_eq!(below(&json!({}), "history").unwrap(), []);
        assert!(below(&json!({"volatile": ["history"]}), "history").is_err());
    }
}
