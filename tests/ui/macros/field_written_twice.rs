#![deny(deprecated)]

fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Comment: "a", Comment: "b", End: true },
        },
    };
}
