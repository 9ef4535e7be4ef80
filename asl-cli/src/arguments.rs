mod run;

use std::path::PathBuf;

use asl_core::model::WorkflowType;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Settings;
use crate::levels::{Level, Levels};

pub(crate) use run::{HistoryFormat, Level as InspectionLevel, Run, TestState};

/// Checks, formats, draws and runs AWS Step Functions definitions.
///
/// A definition is a file in the Amazon States Language, in JSON or YAML. `-` stands for the standard input.
#[derive(Debug, Parser)]
#[command(
    name = "asl",
    version,
    max_term_width = 100,
    after_help = "Examples:
  asl check order.asl.json                    Find every fault, without an AWS account
  asl fmt definitions/*.asl.json              Give files one layout, in place
  asl graph order.asl.json > order.mmd        Draw the workflow
  asl run order.asl.json --mocks mocks.json   Run it here, on a virtual clock
  asl test-state order.asl.json --state Pay   See what one state makes of its data
  asl explain ASL0301                         Read about a finding"
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
    Run(Run),
    TestState(TestState),
    Explain(Explain),
}

/// Find what AWS would refuse, and what it would not but was hardly meant.
///
/// Every finding has a place, a code and, where we know one, help. `asl explain CODE` prints the page of a code.
/// All files are checked, even if one of them cannot be read.
///
/// A folder stands for the definitions in it (`*.asl.json`, `*.asl`, `*.asl.yaml`, `*.asl.yml`) and for the
/// CloudFormation and SAM templates that hold state machines; folders named `target` or `node_modules`, or with a dot
/// in front, are passed over. A template's `DefinitionUri` is followed.
///
/// `asl.toml`, in the folder of the first file or above it, says how a project wants its definitions checked.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0  all definitions are valid; there may be warnings
  1  a definition is invalid, or cannot be read as JSON or YAML; with --dry-run: a file would change
  2  a file could not be read, or an argument or asl.toml is wrong

asl.toml:
  [check]
  type = \"express\"                      # of what no template tells the type of
  deny = [\"ASL0901\", \"no-path\"]       # rules by code or name; \"warnings\" are all of them
  allow = [\"unreachable-state\"]
  advice = true
  [[override]]
  files = [\"events/**\"]                # relative to asl.toml; without a slash: file names
  type = \"express\"

Examples:
  asl check definitions
  asl check 'flows/**/*.asl.json' template.yaml
  asl check --type express --deny warnings events.asl.json
  asl check --fix --dry-run order.asl.json
  asl check --format sarif . > asl.sarif
  aws stepfunctions describe-state-machine --state-machine-arn $ARN --query definition --output text | asl check -")]
pub(crate) struct Check {
    /// Definitions and templates, folders of them, or patterns in quotes; `-` for the standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// The type that the state machines will be created with, whatever else tells it [default: standard]
    #[arg(long = "type", value_enum, value_name = "TYPE")]
    pub(crate) workflow_type: Option<Type>,

    /// How findings are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: ReportFormat,

    /// Make the findings of a rule errors; `warnings` means all warnings. May be repeated
    #[arg(long, value_name = "CODE")]
    pub(crate) deny: Vec<String>,

    /// Make the findings of a rule warnings. May be repeated
    #[arg(long, value_name = "CODE")]
    pub(crate) warn: Vec<String>,

    /// Leave out the findings of a rule. May be repeated
    #[arg(long, value_name = "CODE")]
    pub(crate) allow: Vec<String>,

    /// Say, too, what could be better in a definition that may be right
    #[arg(long)]
    pub(crate) advice: bool,

    /// Make the edits for which there is one right answer, in JSON definitions; then report what is left
    #[arg(long)]
    pub(crate) fix: bool,

    /// Write nothing; print the edits as a patch and exit with 1 if there are any
    #[arg(long, requires = "fix")]
    pub(crate) dry_run: bool,

    /// The configuration, instead of the nearest `asl.toml`
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// When the report has colours; `NO_COLOR` counts for `auto`
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: ColourChoice,
}

impl Check {
    /// What the command line decides, or all that is wrong with it.
    pub(crate) fn settings(&self) -> Result<Settings, Vec<String>> {
        let mut levels = Levels::default();
        let decided = [(&self.deny, Level::Deny), (&self.warn, Level::Warn), (&self.allow, Level::Allow)];
        let names =
            decided.into_iter().flat_map(|(names, level)| names.iter().map(move |name| (name, level)));
        let errors: Vec<String> =
            names.filter_map(|(name, level)| levels.decide(name, level).err()).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let given_type = self.workflow_type.map(WorkflowType::from);
        Ok(Settings { given_type, workflow_type: None, levels, advice: self.advice.then_some(true) })
    }
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

YAML and templates are left as they are: in them, comments and layout belong to people.

Examples:
  asl fmt order.asl.json
  asl fmt --check definitions
  asl fmt --minify - < order.asl.json > order.min.json")]
pub(crate) struct Fmt {
    /// Definitions, folders of them, or patterns in quotes, formatted in place; `-` formats the standard input to the standard output
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

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Type {
    /// Up to a year, every step recorded
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
    /// The place in the source, for people
    #[default]
    Human,
    /// `file:line:column: error[CODE]: message`, for editors
    Short,
    /// One JSON object a line and file
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum ColourChoice {
    /// On a terminal
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum GraphFormat {
    /// A Mermaid flowchart
    #[default]
    Mermaid,
    /// A DOT digraph for Graphviz
    Dot,
}
