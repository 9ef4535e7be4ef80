fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.a == $.b => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
