#[derive(asl_macros::AslData)]
struct User {
    #[serde(skip_serializing_if = "is_guest")]
    id: u32,
}

fn main() {}
