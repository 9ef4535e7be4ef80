use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use asl_core::jsonpath::{hours, minutes, secs};

/// Where the stack is deployed, and all that depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// For trying things out: fails fast and tells nobody.
    Dev,
    /// For customers: waits out what passes, and tells who is on call.
    Prod,
}

/// A word that names no stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownStage(pub String);

impl Stage {
    /// All stages.
    pub const ALL: [Self; 2] = [Self::Dev, Self::Prod];

    /// The ARN of a Lambda function of this stage.
    #[must_use]
    pub fn function_arn(self, function: &str) -> String {
        let (region, account) = match self {
            Self::Dev => ("eu-central-1", "111111111111"),
            Self::Prod => ("ap-northeast-2", "222222222222"),
        };
        format!("arn:aws:lambda:{region}:{account}:function:{self}-{function}")
    }

    /// How long a whole run may take.
    #[must_use]
    pub const fn timeout(self) -> Duration {
        match self {
            Self::Dev => minutes(5),
            Self::Prod => hours(2),
        }
    }

    /// How often, and after which pause, an invoice is sent again.
    #[must_use]
    pub const fn retries(self) -> (u32, Duration) {
        match self {
            Self::Dev => (1, secs(1)),
            Self::Prod => (5, secs(60)),
        }
    }

    /// How many invoices are sent at once.
    #[must_use]
    pub const fn concurrency(self) -> u32 {
        match self {
            Self::Dev => 2,
            Self::Prod => 40,
        }
    }

    /// Whether someone is told when a run fails.
    #[must_use]
    pub const fn tells_on_call(self) -> bool {
        match self {
            Self::Dev => false,
            Self::Prod => true,
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dev => "dev",
            Self::Prod => "prod",
        })
    }
}

impl FromStr for Stage {
    type Err = UnknownStage;

    fn from_str(word: &str) -> Result<Self, UnknownStage> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.to_string() == word)
            .ok_or_else(|| UnknownStage(word.to_owned()))
    }
}

impl fmt::Display for UnknownStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no stage `{}`; there are `dev` and `prod`", self.0)
    }
}

impl std::error::Error for UnknownStage {}
