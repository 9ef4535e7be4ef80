fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.orders[*].n == 1 => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
