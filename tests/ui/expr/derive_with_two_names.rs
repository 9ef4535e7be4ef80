#[derive(asl_macros::AslData)]
struct User {
    #[serde(rename(serialize = "id", deserialize = "userId"))]
    id: u32,
}

fn main() {}
