#[derive(asl_macros::AslData)]
#[serde(untagged)]
enum Id {
    Number(u32),
    Float(f64),
    Other(Key),
}

#[derive(asl_macros::AslData)]
struct Key {
    key: String,
}

fn main() {}
