mod task;
mod pass;
mod choice;
mod wait;
mod succeed;
mod fail;
mod parallel;
mod map;

pub use choice::Choice;
pub use fail::Fail;
pub use map::Map;
pub use parallel::Parallel;
pub use pass::Pass;
pub use succeed::Succeed;
pub use task::{Plain, Task};
pub use wait::Wait;
