fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Tsk { Resource: "${Arn}", End: true },
        },
    };
}
