fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.n + 5 => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
