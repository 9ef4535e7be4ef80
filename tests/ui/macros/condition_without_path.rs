fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { flag => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
