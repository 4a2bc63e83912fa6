//! Steps that many tests have in common.

use crate::controls::Control;
use crate::host_page::Host;
use crate::test_harness::TestHarness;
use crate::transcript::Direction;
use crate::wait::{DEFAULT_TIMEOUT, until};
use serde_json::Value;

impl TestHarness {
    /// The npm host with the widget, and the user logged in.
    pub async fn logged_in(&self) -> Host<'_> {
        let host = self.widget().open(self).await;
        host.initialized().await;
        host.log_in().await;
        host
    }
}

impl Host<'_> {
    /// The user logs in: LOGGED_IN.
    pub async fn log_in(&self) -> Value {
        self.guest().click(Control::LogIn).await;
        self.next("LOGGED_IN").await
    }

    /// The user types a number and calls it: the data of OUTGOING_CALL_STARTED.
    pub async fn dial(&self, number: &str) -> Value {
        self.guest().type_over(Control::DialNumber, number).await;
        self.guest().click(Control::Call).await;
        let started = self.next("OUTGOING_CALL_STARTED").await;
        assert_eq!(started["data"]["toNumber"], number, "{started}");
        started["data"].clone()
    }

    /// The user hangs up and saves the call: CALL_COMPLETED.
    pub async fn hang_up_and_save(&self) -> Value {
        self.guest().click(Control::EndCall).await;
        self.next("CALL_ENDED").await;
        self.guest().click(Control::SaveCall).await;
        self.next("CALL_COMPLETED").await
    }

    /// When the host received its first message of this type, by the browser's clock.
    pub async fn received_at(&self, kind: &str) -> f64 {
        self.wait_for(1, Direction::Handled, kind).await[0].at
    }

    /// The browser's clock. It is transferred as text, because the driver would change the number.
    pub async fn now(&self) -> f64 {
        let now = self.run("return String(Date.now());", vec![]).await;
        now.as_str().and_then(|now| now.parse().ok()).expect("a number")
    }

    /// Waits until the browser's clock shows this time.
    pub async fn wait_until(&self, time: f64) {
        until("a time to pass", DEFAULT_TIMEOUT, async || {
            let now = self.now().await;
            if now >= time { Ok(()) } else { Err(format!("it is {now}")) }
        })
        .await;
    }
}
