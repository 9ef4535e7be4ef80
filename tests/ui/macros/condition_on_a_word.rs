fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.plan == pro => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
