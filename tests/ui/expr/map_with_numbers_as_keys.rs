use std::collections::BTreeMap;

#[derive(asl_macros::AslData)]
struct Stock {
    shelves: BTreeMap<u32, String>,
}

fn main() {}
