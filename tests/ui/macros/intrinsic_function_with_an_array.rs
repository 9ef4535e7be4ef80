fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Parameters: { a: States.ArrayLength([1, 2]) }, End: true },
        },
    };
}
