#[derive(asl_macros::AslData)]
union Number {
    int: u32,
    float: f32,
}

fn main() {}
