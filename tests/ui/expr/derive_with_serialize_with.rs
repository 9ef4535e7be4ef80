#[derive(asl_macros::AslData)]
struct User {
    #[serde(serialize_with = "as_text")]
    id: u32,
    #[serde(alias = "mail")]
    email: String,
}

fn main() {}
