//! A macro call with an error has a value of the right type: nothing is reported beside the error.

use asl_core::Valid;
use asl_core::model::StateMachine;

const DEFINITION: &str = asl_macros::asl_json! { StartAt: Ship, States: {} };

fn machine() -> Valid<StateMachine> {
    asl_macros::asl! { StartAt: Ship, States: { Bill: Succeed {} } }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tried = asl_macros::try_asl! { StartAt: Ship, States: { Bill: Succeed {} } }?;
    println!("{} {} {DEFINITION}", machine().to_json(), tried.to_json());
    Ok(())
}
