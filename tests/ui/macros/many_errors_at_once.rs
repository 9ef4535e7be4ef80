fn main() {
    let _machine = asl_macros::asl! {
        StartAt: Ship,
        States: {
            Ship: Pass { Nxt: Bill, Result: 1 },
            Bill: Wait { Seconds: "soon", Next: Shp },
        },
    };
}
