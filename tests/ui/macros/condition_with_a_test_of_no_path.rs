fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { is_null("a") => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
