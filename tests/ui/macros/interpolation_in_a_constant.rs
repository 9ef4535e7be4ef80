fn main() {
    let _machine = asl_macros::asl_json! {
        StartAt: Ship,
        States: {
            Ship: Wait { Seconds: #(60), End: true },
        },
    };
}
