fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Next Bill, Result: 'x' },
            Bill: Choice {
                $.a = 1 => Ship,
                $.b == null => Ship,
                _ => ,
            },
        },
    };
}
