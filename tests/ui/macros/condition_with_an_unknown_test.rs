fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Choice { is_presnt($.a) => Bill, _ => Bill },
            Bill: Succeed {},
        },
    };
}
