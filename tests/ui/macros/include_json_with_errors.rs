fn main() {
    let _machine = asl_macros::include_asl_json!("definitions/broken.asl.json");
}
