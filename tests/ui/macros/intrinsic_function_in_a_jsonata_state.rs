fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { QueryLanguage: JSONata, Output: States.UUID(), End: true },
        },
    };
}
