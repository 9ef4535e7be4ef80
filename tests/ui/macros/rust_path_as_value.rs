fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Wait { Seconds: config::SECONDS, End: true },
        },
    };
}
