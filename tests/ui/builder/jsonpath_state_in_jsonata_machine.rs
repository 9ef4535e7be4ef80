//! A machine in JSONata has no states in JSONPath.

use asl_core::jsonata::StateMachine;
use asl_core::jsonpath::{
    Choice, Fail, ItemProcessor, Map, Parallel, Pass, Succeed, Task, Wait, end,
};

fn main() {
    StateMachine::new("A").state("A", Task::lambda("${Arn}", end()));
    StateMachine::new("A").state("A", Pass::new(end()));
    StateMachine::new("A").state("A", Choice::new());
    StateMachine::new("A").state("A", Wait::seconds(1, end()));
    StateMachine::new("A").state("A", Succeed::new());
    StateMachine::new("A").state("A", Fail::new());
    StateMachine::new("A").state("A", Parallel::new(end()));
    StateMachine::new("A").state("A", Map::new(ItemProcessor::single("Each", Succeed::new()), end()));
}
