fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Parameters: { text: States.Format("{}", $.user[]) }, End: true },
        },
    };
}
