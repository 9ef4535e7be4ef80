fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice {
                $.plan == "pro" => Bil,
                _ => Bill,
            },
            Bill: Succeed {},
        },
    };
}
