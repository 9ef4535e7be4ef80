fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Parameters: { ids: [$.a, 1] }, End: true },
        },
    };
}
