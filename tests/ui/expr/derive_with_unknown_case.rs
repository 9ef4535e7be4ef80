#[derive(asl_macros::AslData)]
#[serde(rename_all = "camelcase")]
struct User {
    user_id: u32,
}

fn main() {}
