#[derive(asl_macros::AslData)]
struct User {
    since: std::time::Instant,
}

fn main() {}
