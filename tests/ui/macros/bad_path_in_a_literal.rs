fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { InputPath: "$.user[].plan", End: true },
        },
    };
}
