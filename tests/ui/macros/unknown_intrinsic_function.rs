fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Parameters: { text: States.Formt("{}", $.name) }, End: true },
        },
    };
}
