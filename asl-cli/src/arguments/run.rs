use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Type;

/// Run a definition here, on a virtual clock, with mocks in place of what it calls.
///
/// Nothing is called and nothing sleeps. What happens is told on the standard error as it happens, with the virtual
/// time since the start; the output, as JSON, stands alone on the standard output. Of an execution that fails that is
/// an object with `error` and `cause`. The same seed gives the same run.
#[derive(Debug, Args)]
#[command(after_help = "Mocks:
  Without a mock, a Task fails the execution; one with a task token waits. A file of mocks says by state, or by
  resource or function, what the calls answer:
    {
      \"ChargeCard\": {\"Return\": {\"paymentId\": \"p-1\"}},
      \"Ship\": [{\"Throw\": {\"Error\": \"Busy\", \"Cause\": \"later\"}}, {\"Return\": {\"id\": 7}}],
      \"Poll\": {\"0-4\": {\"Return\": \"RUNNING\"}, \"5\": {\"Return\": \"DONE\"}}
    }
  One answer is for every call; of a list the first is for the first call, and there is none after the last. Files
  of Step Functions Local (StateMachines, MockedResponses) are read too; --case names the test case.

Exit codes:
  0  the execution succeeded
  1  the execution failed or timed out; or the definition is invalid
  2  it could not be run: a file could not be read, an argument or the mocks are wrong
  3  it is not over: a task waits for its token, or there are more transitions than --max-transitions

Examples:
  asl run order.asl.json --input '{\"id\": 7}' --mocks mocks.json
  asl run template.yaml --machine Orders --input @order.json --history table
  asl run order.asl.json --mocks MockConfigFile.json --case Retried --quiet
  asl run import.asl.json --objects buckets/")]
pub(crate) struct Run {
    /// A definition in JSON or YAML, or a template; `-` for the standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// The input: JSON, `@FILE`, or `-` for the standard input
    #[arg(long, default_value = "{}", value_name = "JSON")]
    pub(crate) input: String,

    /// What tasks answer
    #[arg(long, value_name = "FILE")]
    pub(crate) mocks: Option<PathBuf>,

    /// A folder with a folder for each S3 bucket: where a Distributed Map reads its items and writes its results
    #[arg(long, value_name = "FOLDER")]
    pub(crate) objects: Option<PathBuf>,

    /// The test case, of mocks in the form of Step Functions Local
    #[arg(long, value_name = "NAME", requires = "mocks")]
    pub(crate) case: Option<String>,

    /// The state machine: of a template its logical id, of mocks of Step Functions Local its name there
    #[arg(long, value_name = "NAME")]
    pub(crate) machine: Option<String>,

    /// Print the history on the standard output, in place of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) history: HistoryFormat,

    /// What chance grows from: jitter, UUIDs, random numbers
    #[arg(long, default_value_t, value_name = "N")]
    pub(crate) seed: u64,

    /// The type of the workflow [default: that of the template or of asl.toml, else standard]
    #[arg(long = "type", value_enum, value_name = "TYPE")]
    pub(crate) workflow_type: Option<Type>,

    /// The execution's name
    #[arg(long, default_value = "execution", value_name = "NAME")]
    pub(crate) name: String,

    /// How many state transitions may happen, so that a loop comes to an end
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    pub(crate) max_transitions: u64,

    /// Tell nothing of what happens, only what is wrong
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Run one state, and show what its fields make of the data, as the service's `TestState` does.
///
/// The file is a definition with the state in it, or one state by itself. What the state calls is mocked; of a
/// Parallel or Map the mock is the result of all branches or iterations.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0  the state succeeded, or a catcher handles its error
  1  the state failed; or the definition is invalid
  2  it could not be tested: a file could not be read, or the service would refuse the test
  3  a retrier would try again

Examples:
  asl test-state order.asl.json --state Total --input '{\"price\": 5}' --level debug
  asl test-state order.asl.json --state ChargeCard --mock '{\"Return\": {\"id\": 7}}'
  asl test-state order.asl.json --state ChargeCard --mock '{\"Throw\": {\"Error\": \"Busy\"}}' --retries 2")]
pub(crate) struct TestState {
    /// A definition in JSON or YAML, a template, or a single state; `-` for the standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// The state; may be left out if there is only one
    #[arg(long, value_name = "NAME")]
    pub(crate) state: Option<String>,

    /// The state's input: JSON, `@FILE`, or `-` for the standard input
    #[arg(long, default_value = "{}", value_name = "JSON")]
    pub(crate) input: String,

    /// What comes of the state's work: {"Return": …}, or {"Throw": {"Error": …, "Cause": …}}; or `@FILE`
    #[arg(long, value_name = "JSON")]
    pub(crate) mock: Option<String>,

    /// How much is shown
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub(crate) level: Level,

    /// Workflow variables, as an object by name; or `@FILE`
    #[arg(long, value_name = "JSON")]
    pub(crate) variables: Option<String>,

    /// The Context Object, in place of a made one; needs a mock; or `@FILE`
    #[arg(long, value_name = "JSON", requires = "mock")]
    pub(crate) context: Option<String>,

    /// How often the retrier that matches the mocked error has tried before
    #[arg(long, default_value_t, value_name = "N")]
    pub(crate) retries: u32,

    /// How many iterations of a Map failed
    #[arg(long, value_name = "N")]
    pub(crate) failed_iterations: Option<u64>,

    /// The state within a Parallel or Map that the mocked error comes from
    #[arg(long, value_name = "NAME", requires = "mock")]
    pub(crate) error_caused_by: Option<String>,

    /// What the `ItemReader` of a Map reads
    #[arg(long, value_name = "FILE")]
    pub(crate) reader_data: Option<PathBuf>,

    /// The state machine of a template, by its logical id
    #[arg(long, value_name = "NAME")]
    pub(crate) machine: Option<String>,

    /// Print payloads as JSON text, as the service's API does
    #[arg(long)]
    pub(crate) api: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum HistoryFormat {
    /// The output instead
    #[default]
    None,
    /// A line for each event
    Table,
    /// What `aws stepfunctions get-execution-history` answers
    Json,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum Level {
    /// The outcome
    #[default]
    Info,
    /// The data after each step too
    Debug,
    /// As debug; the service adds what HTTP tasks send and get
    Trace,
}
