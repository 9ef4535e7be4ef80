fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Result: { Content-Type: "x" }, End: true },
        },
    };
}
