//! `include_asl!`: a definition file, checked when the crate is compiled.

use std::path::{Path, PathBuf};

use asl_core::decode::{JsonError, Location, SourceMap, decode_slice};
use asl_core::diagnostic::{Diagnostic, Severity};
use asl_core::model::WorkflowType;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

use crate::check::{Checked, Warning};
use crate::errors::{Errors, Reported, with_help};

/// `"path"`, or `"path", express`.
struct Arguments {
    path: LitStr,
    workflow_type: WorkflowType,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        const USAGE: &str = "expected the path of a definition: `\"definitions/order.asl.json\"`";
        let path: LitStr = input.parse().map_err(|error| syn::Error::new(error.span(), USAGE))?;
        let mut workflow_type = WorkflowType::Standard;
        if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let word: Ident = input.parse()?;
            if word != "express" {
                let message =
                    with_help(&format!("unknown option `{word}`"), Some("the only one is `express`"));
                return Err(syn::Error::new(word.span(), message));
            }
            workflow_type = WorkflowType::Express;
            input.parse::<Option<Token![,]>>()?;
        }
        if !input.is_empty() {
            return Err(input.error("expected nothing more"));
        }
        Ok(Self { path, workflow_type })
    }
}

/// Reads and validates the file, and gives the statement that makes rustc look at it again when it changes.
pub(crate) fn file(errors: &mut Errors, arguments: TokenStream) -> Result<(Checked, TokenStream), Reported> {
    let Arguments { path: literal, workflow_type } =
        syn::parse2(arguments).map_err(|error| errors.push(error.span(), error.to_string()))?;
    let shown = literal.value();
    let at = literal.span();
    let path = resolve(&shown, at);
    let bytes = std::fs::read(&path)
        .map_err(|error| errors.push(at, format!("`{}` cannot be read: {error}", path.display())))?;
    let Some(absolute) = path.to_str() else {
        return Err(errors.push(at, "the path is not UTF-8"));
    };
    let tracked = quote!(
        const _: &[u8] = ::core::include_bytes!(#absolute);
    );
    let decoded = decode_slice(&bytes).map_err(|error| not_json(errors, at, &shown, &error))?;
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    let source = SourceMap::new(text);
    let mut warnings = Vec::new();
    for finding in decoded.all_findings(workflow_type) {
        let message = message(&shown, &source.locate(&finding), &finding);
        match finding.severity {
            Severity::Error => {
                errors.push(at, message);
            }
            _ => warnings.push(Warning { place: at.into(), message }),
        }
    }
    let json = asl_core::encode::to_string(&decoded.machine);
    Ok((Checked { json, workflow_type, holes: Vec::new(), warnings }, tracked))
}

fn not_json(errors: &mut Errors, at: Span, shown: &str, error: &JsonError) -> Reported {
    errors.push(at, message(shown, &error.location, &error.to_diagnostic()))
}

/// `order.asl.json:4:19: error[ASL0301] there is no state …`
fn message(shown: &str, location: &Location, finding: &Diagnostic) -> String {
    let Location { line, column, .. } = location;
    let Diagnostic { severity, code, message, help, .. } = finding;
    with_help(&format!("{shown}:{line}:{column}: {severity}[{code}] {message}"), help.as_deref())
}

/// The file beside the source file that names it; else below the crate.
fn resolve(path: &str, at: Span) -> PathBuf {
    let beside = at.local_file().and_then(|source| {
        let folder = source.parent().unwrap_or(Path::new("")).join(path);
        std::path::absolute(folder).ok()
    });
    match (beside, std::env::var_os("CARGO_MANIFEST_DIR")) {
        (Some(beside), _) if beside.exists() => beside,
        (_, Some(root)) if Path::new(&root).join(path).exists() => Path::new(&root).join(path),
        (Some(beside), _) => beside,
        (None, Some(root)) => Path::new(&root).join(path),
        (None, None) => PathBuf::from(path),
    }
}
