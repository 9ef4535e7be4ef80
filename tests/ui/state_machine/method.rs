use asl_core::ctx::{Ctx, Failure};
use asl_macros::{state_machine};

struct Flow;

impl Flow {
    #[state_machine]
    async fn run(&self, ctx: &Ctx) -> Result<u64, Failure> {
        Ok(1)
    }
}

fn main() {}
