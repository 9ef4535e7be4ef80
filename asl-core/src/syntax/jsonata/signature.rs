//! Signatures of functions: `<s-n:b>`.

use std::fmt;
use std::ops::Range;

use super::error::{ErrorCode, JsonataError};

/// How deeply types may stand inside each other.
const MAX_DEPTH: usize = 16;

/// The types of a function's parameters and result, as `function($a)<s:n>{ … }` declares them.
///
/// Marks that mean nothing are dropped, as the reference ignores them.
///
/// ```
/// # use asl_core::syntax::jsonata::{Expression, Kind};
/// let function = Expression::parse_strict("λ($words, $by)<a<s>s?:s>{ $by }").unwrap();
/// let Kind::Lambda { signature: Some(signature), .. } = function.kind else { panic!() };
/// assert_eq!(signature.parameters[0].of.as_ref().unwrap().to_string(), "<s>");
/// assert!(signature.parameters[1].optional);
/// assert_eq!(signature.result[0].types, "s");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signature {
    /// The parameters, in order.
    pub parameters: Vec<ParameterType>,
    /// The result, after the colon; empty if it is not declared.
    pub result: Vec<ParameterType>,
}

/// The type of one parameter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParameterType {
    /// The letters of the types that it may have: `s` string, `n` number, `b` boolean, `l` null, `a` array,
    /// `o` object, `f` function, `j` any JSON value, `x` anything. Written in parentheses if they are not one.
    pub types: String,
    /// `<…>` after an array or a function: what is inside it.
    pub of: Option<Signature>,
    /// `+`: one or more of them.
    pub repeated: bool,
    /// `-`: the context is taken if the argument is missing.
    pub context: bool,
    /// `?`: may be missing.
    pub optional: bool,
}

/// A character of a signature, and the bytes of the word that it is from.
pub(super) type Letter = (char, Range<usize>);

impl Signature {
    /// Reads what stands between the outer `<` and `>`.
    pub(super) fn read(letters: &[Letter]) -> Result<Self, JsonataError> {
        Reader { strict: true, depth: 0 }.signature(letters)
    }
}

struct Reader {
    /// The reference does not look at what stands inside another type, nor at the result.
    strict: bool,
    depth: usize,
}

impl Reader {
    fn signature(&self, letters: &[Letter]) -> Result<Signature, JsonataError> {
        let (parameters, end) = self.types(letters)?;
        let inside = Self { strict: false, depth: self.depth };
        let (result, _) = inside.types(letters.get(end + 1..).unwrap_or_default())?;
        Ok(Signature { parameters, result })
    }

    /// The types up to a colon or the end, and where that is.
    fn types(&self, letters: &[Letter]) -> Result<(Vec<ParameterType>, usize), JsonataError> {
        let mut types: Vec<ParameterType> = Vec::new();
        let mut marks = Vec::new();
        let mut is_choice = false;
        let mut place = 0;
        while let Some((letter, at)) = letters.get(place) {
            match letter {
                ':' => break,
                's' | 'n' | 'b' | 'l' | 'o' | 'a' | 'f' | 'j' | 'x' => {
                    types.push(ParameterType { types: letter.to_string(), ..ParameterType::default() });
                    marks.clear();
                    is_choice = false;
                }
                '(' => {
                    let end = closing(letters, place, '(', ')');
                    let last = letters.get(end).unwrap_or(&letters[end - 1]);
                    types.push(self.choice(&letters[place + 1..end], at.start..last.1.end)?);
                    marks.clear();
                    is_choice = true;
                    place = end;
                }
                '<' => {
                    let end = closing(letters, place, '<', '>');
                    let takes_type = |last: &&mut ParameterType| matches!(last.types.as_str(), "a" | "f");
                    match types.last_mut().filter(takes_type).filter(|_| !is_choice) {
                        Some(last) => last.of = self.inside(&letters[place + 1..end], at)?,
                        None if self.strict => return Err(no_parameter(types.last(), at)),
                        None => {}
                    }
                    place = end;
                }
                '-' | '?' | '+' => {
                    // a mark before the first type is lost
                    if let Some(last) = types.last_mut() {
                        marks.push(*letter);
                        if self.strict && !is_quantifier(&marks) {
                            return Err(contradiction(&marks, at));
                        }
                        last.repeated |= *letter == '+';
                        last.context |= *letter == '-';
                        last.optional |= *letter == '?';
                    }
                }
                _ => {}
            }
            place += 1;
        }
        Ok((types, place))
    }

    fn inside(&self, letters: &[Letter], at: &Range<usize>) -> Result<Option<Signature>, JsonataError> {
        if self.depth == MAX_DEPTH {
            let message = format!("types are nested more than {MAX_DEPTH} levels deep");
            return Err(JsonataError::new(ErrorCode::TooDeep, at.clone(), message));
        }
        let inside = Self { strict: false, depth: self.depth + 1 };
        inside.signature(letters).map(Some)
    }

    fn choice(&self, letters: &[Letter], span: Range<usize>) -> Result<ParameterType, JsonataError> {
        if self.strict && letters.iter().any(|(letter, _)| *letter == '<') {
            let message = "a choice of types cannot hold a type with `<…>`";
            let error = JsonataError::new(ErrorCode::ParameterizedChoice, span, message);
            return Err(error.help("leave the `<…>` out"));
        }
        // the reference makes a set of characters of it, in which a dash is a range; it puts an `m` at the end
        for (dash, (letter, at)) in letters.iter().enumerate() {
            let high = letters.get(dash + 1).map_or('m', |(letter, _)| *letter);
            if self.strict && *letter == '-' && dash > 0 && letters[dash - 1].0 > high {
                return Err(contradiction(&['-'], at));
            }
        }
        let types = letters.iter().map(|(letter, _)| *letter).filter(|letter| "snbloafjx".contains(*letter));
        Ok(ParameterType { types: types.collect(), ..ParameterType::default() })
    }
}

/// Where the bracket at `open` is closed, or the end.
fn closing(letters: &[Letter], open: usize, opening: char, closing: char) -> usize {
    let mut depth = 0;
    for (place, (letter, _)) in letters.iter().enumerate().skip(open) {
        if *letter == opening {
            depth += 1;
        } else if *letter == closing {
            depth -= 1;
            if depth == 0 {
                return place;
            }
        }
    }
    letters.len()
}

/// Whether a regular expression may have these after an item, `-` being another `?`: the reference makes one of them.
fn is_quantifier(marks: &[char]) -> bool {
    matches!(marks, [_] | [_, '?' | '-'])
}

fn no_parameter(before: Option<&ParameterType>, at: &Range<usize>) -> JsonataError {
    let message = match before {
        Some(before) => format!("the type `{before}` cannot have a type in `<…>`"),
        None => "there is no type before this `<`".into(),
    };
    JsonataError::new(ErrorCode::TypeParameter, at.clone(), message)
        .help("only an array (`a<n>`) and a function (`f<n:s>`) can")
}

fn contradiction(marks: &[char], at: &Range<usize>) -> JsonataError {
    let marks: String = marks.iter().collect();
    let message = format!("the marks `{marks}` contradict each other in a signature");
    JsonataError::new(ErrorCode::InvalidSignature, at.clone(), message).help("keep one of `?`, `+` and `-`")
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<")?;
        self.parameters.iter().try_for_each(|parameter| parameter.fmt(f))?;
        if !self.result.is_empty() {
            f.write_str(":")?;
            self.result.iter().try_for_each(|result| result.fmt(f))?;
        }
        f.write_str(">")
    }
}

impl fmt::Display for ParameterType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.types.len() == 1 && self.of.is_none() {
            f.write_str(&self.types)?;
        } else if let Some(of) = &self.of {
            write!(f, "{}{of}", self.types)?;
        } else {
            write!(f, "({})", self.types)?;
        }
        for (mark, is_set) in [("+", self.repeated), ("-", self.context), ("?", self.optional)] {
            f.write_str(if is_set { mark } else { "" })?;
        }
        Ok(())
    }
}
