fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.a == [1] => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
