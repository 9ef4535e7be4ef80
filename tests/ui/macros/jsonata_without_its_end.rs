fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { QueryLanguage: JSONata, Output: { id: "{% $states.input.id" }, End: true },
        },
    };
}
