fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.a == #(plan) => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
