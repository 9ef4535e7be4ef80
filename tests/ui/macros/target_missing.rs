fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.n == 1 => , _ => Ship },
        },
    };
}
