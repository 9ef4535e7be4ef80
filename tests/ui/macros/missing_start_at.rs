fn main() {
    let _machine = asl_macros::asl! {
        States: { Ship: Succeed {} },
    };
}
