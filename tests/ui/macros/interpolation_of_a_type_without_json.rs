fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Wait { Seconds: #(std::time::Duration::from_secs(1)), End: true },
        },
    };
}
