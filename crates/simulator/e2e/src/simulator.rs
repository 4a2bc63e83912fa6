//! The simulator's page in the harness.

use crate::{Opening, Outcome, Selectors};
use calling_simulator::simulator_page::{self, SimulatorPage};
use e2e::{Frame, GUEST, TestHarness};
use std::time::Duration;

/// The open page.
pub struct Simulator<'a> {
    pub harness: &'a TestHarness,
    page: SimulatorPage<'a>,
}

impl<'a> Simulator<'a> {
    /// Loads the page in the current window.
    ///
    /// # Panics
    /// When the browser does not load it.
    pub async fn open(harness: &'a TestHarness, opening: &Opening<'_>) -> Self {
        let Opening { widget, scenario, own_scenarios } = *opening;
        let origin = &harness.host_origin();
        let opening = simulator_page::Opening { origin, widget, scenario, own_scenarios };
        let page = SimulatorPage::open(harness.driver(), &opening).await;
        Self { harness, page: page.unwrap_or_else(|why| panic!("{why}")) }
    }

    /// The page itself.
    pub fn page(&self) -> Frame<'a> {
        self.harness.page()
    }

    /// The widget in the current window.
    pub fn widget(&self) -> Frame<'a> {
        self.harness.frame(GUEST)
    }

    /// Goes to the page's own window.
    ///
    /// # Panics
    /// When it is closed.
    pub async fn to_main(&self) {
        self.page.to_main().await.expect("the simulator's window is open");
    }

    /// Goes to the calling window.
    ///
    /// # Panics
    /// When it does not open.
    pub async fn to_calling_window(&self) {
        self.page.to_calling_window().await.expect("the calling window is open");
    }

    /// Does what the running scenario asks for, until it has ended.
    ///
    /// # Panics
    /// When it does not end within `limit`, or the widget cannot be used as the selectors say.
    pub async fn finish(&self, selectors: &Selectors, limit: Duration) -> Outcome {
        self.page.finish(selectors, limit).await.unwrap_or_else(|why| panic!("{why}"))
    }
}

/// Performs an action in the widget of the current page.
///
/// # Panics
/// When the widget cannot be used as the selectors say.
pub async fn act(harness: &TestHarness, selectors: &Selectors, action: &str, value: Option<&str>) {
    let widget = calling_simulator::frame::Frame::widget(harness.driver());
    selectors.act(&widget, action, value).await.unwrap_or_else(|why| panic!("{why}"));
}
