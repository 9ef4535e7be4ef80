fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { QueryLanguage: JSONata, ResultPath: $.user, Output: {}, End: true },
        },
    };
}
