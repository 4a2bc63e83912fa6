//! The simulator in two tabs, as one user of HubSpot has it, with the widget in the navigation bar of each.

use crate::pages::Pages;
use crate::plan::{Disturbance, HostFaults, TABS};
use crate::resources::Resources;
use crate::user::{Step, User};
use calling_extensions::codec::Value as Data;
use e2e::{DEFAULT_TIMEOUT, GUEST, TestHarness, Value, json, until};
use soak::ledger::Ledger;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use thirtyfour::WindowHandle;

/// The tabs, and what the widgets in them have sent.
pub struct Simulator<'a> {
    pages: &'a Pages<'a>,
    tabs: Vec<WindowHandle>,
    current: Cell<usize>,
    pub ledger: RefCell<Ledger>,
    /// The ids of the calls that have begun, in order.
    started: RefCell<Vec<String>>,
}

impl<'a> Simulator<'a> {
    /// Opens both tabs.
    pub async fn open(pages: &'a Pages<'a>) -> Self {
        let harness = pages.harness;
        harness.before_every_page(&choose_widget(harness)).await;
        let mut tabs = vec![harness.driver().window().await.expect("a window")];
        tabs.push(harness.driver().new_tab().await.expect("a second tab"));
        let simulator = Simulator {
            pages,
            tabs,
            current: Cell::new(TABS),
            ledger: RefCell::default(),
            started: RefCell::default(),
        };
        for tab in 0..TABS {
            simulator.show(tab).await;
            harness.before_every_page(&choose_widget(harness)).await;
            pages.prepare_new_pages().await;
            simulator.load(tab).await;
        }
        simulator
    }

    async fn load(&self, tab: usize) {
        let role = ["", "?role=tab&record=0-1/51"][tab];
        let url = format!("{}/simulator/{role}", self.pages.harness.host_origin());
        self.pages.harness.driver().goto(url).await.expect("the simulator loads");
        self.pages.see_new_page().await;
    }

    /// From now on the driver is in this tab.
    pub async fn show(&self, tab: usize) {
        if self.current.replace(tab) != tab {
            let window = self.tabs[tab].clone();
            self.pages.harness.driver().switch_to_window(window).await.expect("the tab is open");
        }
    }

    /// The user does this in the widget of a tab.
    pub async fn perform(&self, tab: usize, steps: &[Step]) {
        self.show(tab).await;
        User::new(self.pages).perform(steps).await;
    }

    /// Moves the clock of all pages forward.
    pub async fn pass(&self, time: Duration) {
        let before = self.pages.passed();
        for tab in 0..TABS {
            self.show(tab).await;
            self.pages.set_passed(before);
            self.pages.pass(time).await;
        }
    }

    /// Injects these faults, and ends all others.
    pub async fn set_faults(&self, tab: usize, faults: HostFaults) {
        self.show(tab).await;
        let wanted = json!([
            ["fault-creation-fails", faults.creation_fails],
            ["fault-update-fails", faults.update_fails],
            ["fault-finalizing-fails", faults.finalizing_fails],
            ["fault-matching-fails", faults.matching_fails],
            ["fault-duplicates", faults.duplicates],
            ["fault-reorders", faults.reorders],
            ["fault-delay", faults.delay],
        ]);
        let arguments = vec![wanted, json!(faults.loses_next)];
        let failed = self.pages.host().run("return longUse.setFaults(arguments[0], arguments[1]);", arguments).await;
        assert_eq!(failed, Value::Null, "the faults cannot be injected");
    }

    /// HubSpot ends the call.
    pub async fn end_call(&self, tab: usize) {
        self.show(tab).await;
        self.pages.host().run("return longUse.endCall();", vec![]).await;
    }

    /// Waits for the next call that begins, and returns its id.
    pub async fn next_call(&self) -> String {
        let known = self.started.borrow().len();
        until("a call at HubSpot", DEFAULT_TIMEOUT, async || {
            self.collect().await;
            self.started.borrow().get(known).cloned().ok_or_else(|| format!("{known} have begun"))
        })
        .await
    }

    /// Enters what the widgets have sent since the last time, and HubSpot's engagements, into the ledger.
    pub async fn collect(&self) {
        for tab in 0..TABS {
            self.show(tab).await;
            let sent = self.pages.host().run("return longUse.takeSent();", vec![]).await;
            let sent: Value = serde_json::from_str(sent.as_str().unwrap_or("[]")).expect("messages are JSON");
            for message in sent.as_array().into_iter().flatten() {
                self.enter(message);
            }
        }
        let engagements = self.pages.host().run("return longUse.engagements();", vec![]).await;
        for pair in engagements.as_array().into_iter().flatten() {
            if let (Some(call), Some(id)) = (pair[0].as_str(), pair[1].as_str()) {
                self.ledger.borrow_mut().engagement_created(call, id);
            }
        }
    }

    fn enter(&self, message: &Value) {
        let kind = message["type"].as_str().unwrap_or_default();
        let data = message.get("data").and_then(|data| serde_json::from_value::<Data>(data.clone()).ok());
        self.ledger.borrow_mut().posted(kind, data.as_ref());
        if let ("OUTGOING_CALL_STARTED" | "INCOMING_CALL", Some(call)) =
            (kind, message["data"]["externalCallId"].as_str())
        {
            self.started.borrow_mut().push(call.to_owned());
        }
    }

    /// Does this to a page, and waits until the page is there again and HubSpot knows which call it has.
    pub async fn disturb(&self, disturbance: Disturbance) {
        self.do_to_page(disturbance).await;
        until("INITIALIZED", DEFAULT_TIMEOUT, async || {
            match self.pages.host().run("return longUse.isInitialized ?? false;", vec![]).await {
                Value::Bool(true) => Ok(()),
                _ => Err("it has not come".to_owned()),
            }
        })
        .await;
    }

    async fn reload_frame(&self) {
        self.pages.host().run("longUse.isInitialized = false;", vec![]).await;
        self.pages.reload_frame().await;
    }

    async fn do_to_page(&self, disturbance: Disturbance) {
        let (pages, driver) = (self.pages, self.pages.harness.driver());
        match disturbance {
            Disturbance::ReloadFrame(tab) => {
                self.show(tab).await;
                self.reload_frame().await;
            }
            Disturbance::ReloadHost(tab) => {
                self.show(tab).await;
                pages.reload_host().await;
            }
            Disturbance::RemoveFrame(tab) => {
                self.show(tab).await;
                let script = format!("document.querySelector('{GUEST}').remove();");
                pages.host().run(&script, vec![]).await;
                self.see_other(tab).await;
                self.show(tab).await;
                pages.reload_host().await;
            }
            Disturbance::LeavePage(tab) => {
                self.show(tab).await;
                driver.goto("about:blank").await.expect("an empty page");
                self.see_other(tab).await;
                self.show(tab).await;
                pages.prepare_new_pages().await;
                self.load(tab).await;
            }
            Disturbance::ClearStorage(tab) => {
                self.show(tab).await;
                pages.widget().run("sessionStorage.clear();", vec![]).await;
                self.reload_frame().await;
            }
            Disturbance::FillStorage(tab) => {
                self.show(tab).await;
                pages.widget().run("longUse.fillStorage();", vec![]).await;
                self.reload_frame().await;
                pages.widget().run("sessionStorage.removeItem('filling');", vec![]).await;
            }
            Disturbance::Flood(tab) => {
                self.show(tab).await;
                pages.host().run("return longUse.flood(document.querySelector('iframe'));", vec![]).await;
            }
            Disturbance::Background(tab) => {
                self.show(1 - tab).await;
                pages.devtools("Page.bringToFront", json!({})).await;
            }
        }
    }

    /// The widget in the other tab can be used.
    async fn see_other(&self, tab: usize) {
        self.show(1 - tab).await;
        let loaded = self.pages.widget().run("return document.body.innerText.length > 0;", vec![]).await;
        assert_eq!(loaded, Value::Bool(true), "the widget in the other tab is gone");
    }

    /// What the pages of each tab hold when all that was started has ended.
    pub async fn resources(&self) -> Vec<Resources> {
        self.pass(Duration::from_secs(60)).await;
        let mut resources = Vec::new();
        for tab in 0..TABS {
            self.show(tab).await;
            resources.push(Resources::of(self.pages).await);
        }
        resources
    }

    /// Whether the widget in this tab shows the text. If not, its notice is closed, behind which another one may wait.
    pub async fn sees_or_closes_notice(&self, tab: usize, text: &str) -> bool {
        self.show(tab).await;
        let script = "return longUse.seesOrClosesNotice(arguments[0]);";
        self.pages.widget().run(script, vec![json!(text)]).await == Value::Bool(true)
    }
}

/// A script for the pages of the simulator: the widget has a frame in the navigation bar.
fn choose_widget(harness: &TestHarness) -> String {
    let app = json!({
        "name": "soak", "url": format!("{}/", harness.guest_origin()), "supportsInboundCalling": true, "usesRemote": true,
    });
    let apps = json!({"added": [app], "chosen": "soak"}).to_string();
    format!("if (location.pathname.startsWith('/simulator/')) localStorage.setItem('simulator:apps', {apps:?});")
}
