fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Wait { Seconds: 30s, Next: Rest },
            Rest: Wait { Seconds: 5m, End: true },
        },
    };
}
