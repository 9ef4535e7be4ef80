use super::Pattern;
use super::catalogue::CATALOGUE;

/// An action of an optimized integration: one row of the table.
///
/// The table is that of the developer guide
/// ([optimized integrations](https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html)), with the
/// parameters that each service's API requires, as of November 2026.
///
/// ```
/// # use asl_core::syntax::resource::{Pattern, optimized};
/// let send = optimized("sqs", "sendMessage").expect("in the table");
/// assert_eq!(send.required, ["QueueUrl", "MessageBody"]);
/// assert_eq!(send.patterns, [Pattern::RequestResponse, Pattern::WaitForTaskToken]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OptimizedAction {
    /// The service, as the resource writes it.
    pub service: &'static str,
    /// The action, as the resource writes it.
    pub name: &'static str,
    /// The patterns that it supports. Express workflows have [`Pattern::RequestResponse`] alone.
    pub patterns: &'static [Pattern],
    /// The parameters that must be given.
    pub required: &'static [&'static str],
    /// Parameters of which at least one must be given; empty where there is no such choice.
    pub one_of: &'static [&'static str],
    /// Where a definition may use it.
    pub used_in: UsedIn,
}

/// Where a definition may use an [`OptimizedAction`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UsedIn {
    /// In a Task state.
    Task,
    /// In the `ItemReader` of a Map state.
    ItemReader,
    /// In the `ResultWriter` of a Map state.
    ResultWriter,
}

/// Finds an action of an optimized integration by the names that its resource has.
///
/// ```
/// # use asl_core::syntax::resource::optimized;
/// assert!(optimized("dynamodb", "getItem").is_some());
/// assert!(optimized("dynamodb", "query").is_none());
/// ```
#[must_use]
pub fn optimized(service: &str, action: &str) -> Option<&'static OptimizedAction> {
    CATALOGUE.iter().find(|row| row.service == service && row.name == action)
}

/// Names the services that have an optimized integration, each once, in alphabetical order.
///
/// ```
/// # use asl_core::syntax::resource::services;
/// assert!(services().any(|service| service == "dynamodb"));
/// assert!(services().is_sorted());
/// ```
pub fn services() -> impl Iterator<Item = &'static str> {
    CATALOGUE.chunk_by(|row, next| row.service == next.service).map(|rows| rows[0].service)
}

/// Lists the actions of a service's optimized integration; none if it has no such integration.
///
/// ```
/// # use asl_core::syntax::resource::actions;
/// let names: Vec<_> = actions("dynamodb").map(|action| action.name).collect();
/// assert_eq!(names, ["deleteItem", "getItem", "putItem", "updateItem"]);
/// ```
pub fn actions(service: &str) -> impl Iterator<Item = &'static OptimizedAction> {
    CATALOGUE.iter().filter(move |row| row.service == service)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_names_no_action_twice() {
        let names: Vec<_> = CATALOGUE.iter().map(|row| (row.service, row.name)).collect();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
    }

    #[test]
    fn every_action_can_at_least_be_called() {
        for row in CATALOGUE {
            assert_eq!(row.patterns.first(), Some(&Pattern::RequestResponse), "{}:{}", row.service, row.name);
        }
    }

    #[test]
    fn only_the_actions_of_s3_belong_to_map_states() {
        for row in CATALOGUE {
            assert_eq!(row.used_in == UsedIn::Task, row.service != "s3", "{}:{}", row.service, row.name);
        }
    }

    #[test]
    fn only_a_started_execution_has_a_second_version_of_sync() {
        let with_sync_2: Vec<_> = CATALOGUE
            .iter()
            .filter(|row| row.patterns.contains(&Pattern::Sync2))
            .map(|row| row.name)
            .collect();
        assert_eq!(with_sync_2, ["startExecution"]);
    }

    #[test]
    fn parameters_are_spelt_in_pascal_case() {
        for name in CATALOGUE.iter().flat_map(|row| row.required.iter().chain(row.one_of)) {
            assert!(name.starts_with(|c: char| c.is_ascii_uppercase()), "{name}");
        }
    }
}
