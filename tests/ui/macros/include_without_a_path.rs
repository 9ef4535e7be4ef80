fn main() {
    let _machine = asl_macros::include_asl!(definitions);
}
