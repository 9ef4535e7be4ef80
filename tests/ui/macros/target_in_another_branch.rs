fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Parallel {
                Branches: [
                    { StartAt: A, States: { A: Pass { Next: Bill } } },
                ],
                Next: Bill,
            },
            Bill: Succeed {},
        },
    };
}
