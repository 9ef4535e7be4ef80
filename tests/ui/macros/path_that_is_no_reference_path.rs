fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Map {
                ItemsPath: $.orders[*].items,
                ItemProcessor: { StartAt: A, States: { A: Pass { End: true } } },
                End: true,
            },
        },
    };
}
