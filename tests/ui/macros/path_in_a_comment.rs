fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Wait { Seconds: 1, Comment: $.delay, End: true },
        },
    };
}
