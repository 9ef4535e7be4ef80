fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.n != null => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
