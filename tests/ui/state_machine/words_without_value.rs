use asl_core::ctx::{Ctx, Failure};
use asl_macros::{state_machine};

#[state_machine(timeout, comment = 5, type = fast, name = "a", name = "b")]
async fn flow(_ctx: &Ctx) -> Result<u64, Failure> {
    Ok(1)
}

fn main() {}
