fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.a < true => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
