fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Task { Resource: "${Arn}", Retry: Pass { End: true }, End: true },
        },
    };
}
