use asl_macros::expr_fn;

#[expr_fn]
fn number(text: &str) -> String {
    match text.parse::<u32>() {
        Ok(number) => format!("{number}"),
        Err(error) => error.to_string(),
    }
}

#[expr_fn]
fn handed_on(text: &str) -> u32 {
    text.parse::<u32>().map_err(|error| error.to_string()).unwrap_or(0)
}

fn main() {}
