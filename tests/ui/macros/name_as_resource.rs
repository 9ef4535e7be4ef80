fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Task { Resource: fetch_user_arn, End: true },
        },
    };
}
