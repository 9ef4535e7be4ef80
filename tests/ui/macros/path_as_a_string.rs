#![deny(deprecated)]

fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Parameters: { id: "$.user.id" }, End: true },
        },
    };
}
