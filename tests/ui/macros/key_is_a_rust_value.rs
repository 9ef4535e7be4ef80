fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Result: { #("a"): 1 }, End: true },
        },
    };
}
