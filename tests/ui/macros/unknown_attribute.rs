fn main() {
    let _machine = asl_macros::asl! {
        #![fast]
        StartAt: Ship,
        States: {
            Ship: Succeed {},
        },
    };
}
