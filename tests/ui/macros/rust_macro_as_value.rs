fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Task { Resource: format!("{arn}"), End: true },
        },
    };
}
