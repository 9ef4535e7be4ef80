fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Wait { Seconds: #(60 *), End: true },
        },
    };
}
