//! Rust's spelling of names, and the service's.

/// `fetch_user` → `FetchUser`.
pub(super) fn pascal(name: &str) -> String {
    name.split('_').map(capital).collect()
}

/// `start_job_run` → `startJobRun`.
pub(super) fn camel(name: &str) -> String {
    let mut words = name.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_owned();
    first + &words.map(capital).collect::<String>()
}

/// `startJobRun`, `QueryString`, `emr-serverless` → `start_job_run`, `query_string`, `emr_serverless`.
pub(super) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (index, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.push(if letter == '-' { '_' } else { letter.to_ascii_lowercase() });
    }
    snake
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelt_as_the_service_does() {
        assert_eq!(pascal("fetch_user"), "FetchUser");
        assert_eq!(pascal("_private__name"), "PrivateName");
        assert_eq!(camel("list_objects_v2"), "listObjectsV2");
        assert_eq!(snake("startExecution"), "start_execution");
        assert_eq!(snake("QueryString"), "query_string");
        assert_eq!(snake("emr-serverless"), "emr_serverless");
    }
}
