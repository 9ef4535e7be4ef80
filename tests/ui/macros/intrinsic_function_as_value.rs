fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Wait { Seconds: States.MathRandom(1, 9), End: true },
        },
    };
}
