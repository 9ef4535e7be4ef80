fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { 5 == $.n => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
