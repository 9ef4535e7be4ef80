fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { QueryLanguage: JSONata, $.n == 5 => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
