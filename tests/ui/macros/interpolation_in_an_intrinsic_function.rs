fn main() {
    let name = "x";
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Parameters: { text: States.Format("{}", #(name)) }, End: true },
        },
    };
}
