fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.at < timestamp("tomorrow") => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
