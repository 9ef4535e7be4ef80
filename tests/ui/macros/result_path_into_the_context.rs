fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { ResultPath: $$.Execution.Id, End: true },
        },
    };
}
