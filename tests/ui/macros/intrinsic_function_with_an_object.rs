fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Parameters: { a: States.JsonToString({ b: 1 }) }, End: true },
        },
    };
}
