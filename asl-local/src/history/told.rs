//! A history beside the workflow function that the machine was made of.

use std::fmt;

use asl_core::ctx::Definition;

use super::{Details, Event, History};

/// The steps of an execution, each with the line of Rust that its state comes from: [`History::told`].
#[derive(Debug, Clone, Copy)]
pub struct Told<'h> {
    history: &'h History,
    definition: &'h Definition,
}

impl History {
    /// The steps of an execution of this definition, to be read in a failing test: a line for each state that was
    /// entered and for each failure, with the time since the start, and the line of the function.
    ///
    /// ```
    /// use asl_core::ctx::{Ctx, Failure};
    /// use asl_local::{Execution, Mocks, mocks};
    /// use asl_macros::{state_machine, task};
    ///
    /// #[task(lambda = "${ShipArn}")]
    /// async fn ship(ctx: &Ctx, order_id: &str) -> Result<String, Failure>;
    ///
    /// #[state_machine]
    /// async fn deliver(ctx: &Ctx, order_id: String) -> Result<String, Failure> {
    ///     ship(ctx, &order_id).await
    /// }
    ///
    /// let definition = deliver::try_definition()?;
    /// let mocks = Mocks::new().on("Ship", mocks::fails("NoCarrier", "strike"));
    /// let mut execution = Execution::start(&definition.machine, "o-1".into(), mocks)?;
    /// execution.run()?;
    /// let told = execution.history().told(&definition).to_string();
    /// let place = definition.place_of("Ship").unwrap();
    /// assert!(told.contains(&format!("Ship  at {place}")), "{told}");
    /// assert!(told.contains("NoCarrier: strike"), "{told}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn told<'h>(&'h self, definition: &'h Definition) -> Told<'h> {
        Told { history: self, definition }
    }
}

impl Told<'_> {
    fn line(&self, f: &mut fmt::Formatter<'_>, event: &Event, text: fmt::Arguments<'_>) -> fmt::Result {
        let start = self.history.events().first().map_or(0, |first| first.timestamp);
        let elapsed = event.timestamp.saturating_sub(start);
        writeln!(f, "{:>7}.{:03} s  {text}", elapsed / 1_000, elapsed % 1_000)
    }
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for event in self.history.events() {
            if let Details::StateEntered { name, .. } = &event.details {
                match self.definition.place_of(name) {
                    Some(place) => self.line(f, event, format_args!("{name}  at {place}"))?,
                    None => self.line(f, event, format_args!("{name}"))?,
                }
            } else if let Some((error, cause)) = event.details.failure() {
                let parts = [error, cause];
                let failure: Vec<&str> = parts.into_iter().flatten().collect();
                self.line(f, event, format_args!("  {} {}", event.event_type(), failure.join(": ")))?;
            }
        }
        Ok(())
    }
}
