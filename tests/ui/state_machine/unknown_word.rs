use asl_core::ctx::{Ctx, Failure};
use asl_macros::{state_machine};

#[state_machine(timout = "1h", typ = express, name = "a b", timeout = "soon")]
async fn flow(_ctx: &Ctx) -> Result<u64, Failure> {
    Ok(1)
}

fn main() {}
