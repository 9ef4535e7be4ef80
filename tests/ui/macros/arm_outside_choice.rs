fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { $.n == 1 => Ship, End: true },
        },
    };
}
