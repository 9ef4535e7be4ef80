fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Task {
                Resource: "${Arn}",
                Retry: [{ ErrorEquals: [States.ALL], JitterStrategy: Full }],
                End: true,
            },
        },
    };
}
