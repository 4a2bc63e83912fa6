//! A user who works by scripts in the widget's page.

use crate::pages::Pages;
use e2e::{Control, Value, json};
use std::time::Duration;

/// Something that the user does, as soon as it is possible.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Click(Control),
    /// Clicks if the control is there and enabled now.
    ClickIfThere(Control),
    Type(Control, String),
    /// Waits until the control is there.
    See(Control),
    /// Moves the clock of the widget forward, at most by some minutes: scripts have a time limit.
    Pass(Duration),
}

impl Step {
    fn json(&self) -> Value {
        match self {
            Self::Click(control) => json!(["click", format!("{control:?}")]),
            Self::ClickIfThere(control) => json!(["clickIfThere", format!("{control:?}")]),
            Self::Type(control, text) => json!(["type", format!("{control:?}"), text]),
            Self::Pass(time) => json!(["pass", time.as_secs_f64() * 1_000.0]),
            Self::See(control) => json!(["see", format!("{control:?}")]),
        }
    }
}

/// The user of the widget in the current window.
pub struct User<'a> {
    pages: &'a Pages<'a>,
}

impl<'a> User<'a> {
    pub fn new(pages: &'a Pages<'a>) -> Self {
        User { pages }
    }

    /// Does one step after the other.
    ///
    /// # Panics
    /// When one of them is not possible in time; the message has what the widget shows.
    pub async fn perform(&self, steps: &[Step]) {
        let wanted: Vec<_> = steps.iter().map(Step::json).collect();
        let failed = self.pages.widget().run("return longUse.perform(arguments[0]);", vec![json!(wanted)]).await;
        let passes = steps.iter().map(|step| if let Step::Pass(time) = step { *time } else { Duration::ZERO });
        self.pages.set_passed(self.pages.passed() + passes.sum::<Duration>());
        assert_eq!(failed, Value::Null, "the user cannot do {steps:?}");
    }
}
