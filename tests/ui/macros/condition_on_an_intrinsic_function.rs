fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.a == States.UUID() => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
