//! Checks the workflow and writes `definitions/order-workflow.asl.json`. A mistake in it fails the build.

mod workflow;

use asl_core::emit::Definitions;

fn main() {
    Definitions::new()
        .rerun_if_changed("build.rs")
        .rerun_if_changed("workflow.rs")
        .write("order-workflow", workflow::order_workflow().validate())
        .finish_or_exit();
}
