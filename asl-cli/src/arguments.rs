use std::path::PathBuf;

use asl_core::model::WorkflowType;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Checks, formats and draws AWS Step Functions definitions.
///
/// A definition is a file in the Amazon States Language (JSON). `-` stands for the standard input.
#[derive(Debug, Parser)]
#[command(
    name = "asl",
    version,
    after_help = "Examples:
  asl check order.asl.json               Find every fault, without an AWS account
  asl fmt definitions/*.asl.json         Give files one layout, in place
  asl graph order.asl.json > order.mmd   Draw the workflow
  asl explain ASL0301                    Read about a finding"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Fmt(Fmt),
    Graph(Graph),
    Explain(Explain),
}

/// Find what AWS would refuse, and what it would not but was hardly meant.
///
/// Every finding has a place, a code and, where we know one, help. `asl explain CODE` prints the page of a code.
/// All files are checked, even if one of them cannot be read.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0  all definitions are valid; there may be warnings
  1  a definition is invalid, or is not JSON
  2  a file could not be read, or an argument is wrong

Examples:
  asl check definitions/*.asl.json
  asl check --type express events.asl.json
  asl check --format json order.asl.json | jq .diagnostics
  aws stepfunctions describe-state-machine --state-machine-arn $ARN --query definition --output text | asl check -")]
pub(crate) struct Check {
    /// Definitions; `-` for the standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// The type that the state machine will be created with
    #[arg(long = "type", value_enum, default_value_t, value_name = "TYPE")]
    pub(crate) workflow_type: Type,

    /// How findings are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: ReportFormat,
}

/// Give definitions one layout: fields in canonical order, two spaces, nothing lost.
///
/// States, unknown fields and the contents of payloads keep their order. A file is written only if it changes. A
/// definition that could not be written without loss, as one with numbers that no double holds, is left as it is.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0  all files are formatted
  1  with --check: a file would change
  2  a file could not be read, is not JSON, or would lose something; it is as it was

Examples:
  asl fmt order.asl.json
  asl fmt --check definitions/*.asl.json
  asl fmt --minify - < order.asl.json > order.min.json")]
pub(crate) struct Fmt {
    /// Definitions, formatted in place; `-` formats the standard input to the standard output
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Write nothing; name the files that would change and exit with 1 if there are any
    #[arg(long)]
    pub(crate) check: bool,

    /// Leave out all white space
    #[arg(long)]
    pub(crate) minify: bool,
}

/// Draw a definition as text that Mermaid or Graphviz turns into a picture.
///
/// Parallel and Map states are frames, conditions stand at the arrows, catchers are dashed. An invalid definition is
/// drawn too; a state that is not there has a dashed outline.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  asl graph order.asl.json                             Put it in a ```mermaid block: GitHub draws it
  asl graph --format dot order.asl.json | dot -Tsvg > order.svg")]
pub(crate) struct Graph {
    /// A definition; `-` for the standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// The language of the picture
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: GraphFormat,
}

/// Print the page of a rule, or the list of all rules.
///
/// A page says what the rule finds and why that matters, and shows it wrong and right.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  asl explain
  asl explain ASL0301
  asl explain unknown-next-state")]
pub(crate) struct Explain {
    /// Code or name of a rule; without it all rules are listed
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum Type {
    /// Up to a year, every step recorded
    #[default]
    Standard,
    /// Up to five minutes, many starts a second
    Express,
}

impl From<Type> for WorkflowType {
    fn from(workflow_type: Type) -> Self {
        match workflow_type {
            Type::Standard => Self::Standard,
            Type::Express => Self::Express,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum ReportFormat {
    /// `file:line:column: error[CODE]: message`, for people and editors
    #[default]
    Human,
    /// One JSON object a line and file
    Json,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum GraphFormat {
    /// A Mermaid flowchart
    #[default]
    Mermaid,
    /// A DOT digraph for Graphviz
    Dot,
}
