fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.n == number("five") => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
