#![deny(deprecated)]

fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Result: 12345678901234567890123, End: true },
        },
    };
}
