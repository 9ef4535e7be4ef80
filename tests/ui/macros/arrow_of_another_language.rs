fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { $.n == 1 -> Bill, is_present($.m) -> Bill, _ -> Bill },
            Bill: Succeed {},
        },
    };
}
