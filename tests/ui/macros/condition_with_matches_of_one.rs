fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { matches($.a) => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
