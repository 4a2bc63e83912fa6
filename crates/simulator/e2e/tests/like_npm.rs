//! The simulator and the npm package as host are alike on the wire: our widget runs a scenario in the simulator, then under the
//! npm host, which says the very same to it. What the widget said must be the same too, but for ids and times.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Direction, TestHarness, Value, json, run};
use simulator_e2e::{OUR_WIDGET, Opening, Outcome, Selectors, Simulator, act};
use std::time::Duration;

#[track_caller]
fn check(scenario: &str) {
    run(async |harness| {
        let selectors = Selectors::read(OUR_WIDGET).unwrap();
        let in_simulator = in_the_simulator(harness, &selectors, scenario).await;
        // The widget remembers its user for as long as its tab is open.
        harness.driver().new_tab().await.expect("a tab");
        let windows = harness.driver().windows().await.expect("the browser has windows");
        harness.driver().switch_to_window(windows[1].clone()).await.expect("the tab is there");
        let under_npm = under_npm(harness, &selectors, &in_simulator).await;
        let said: Vec<Value> = said(&in_simulator).map(masked).collect();
        assert!(said.iter().any(|message| message["type"] == "CALL_COMPLETED"), "{said:#?}");
        assert_eq!(under_npm.iter().map(masked).collect::<Vec<_>>(), said);
    });
}

#[test]
fn a_saved_call() {
    check("saved");
}

#[test]
fn a_busy_line() {
    check("busy");
}

#[test]
fn a_call_that_hubspot_ends() {
    check("end-call");
}

#[test]
fn an_engagement_that_is_not_created() {
    check("creation-failed");
}

#[test]
fn a_call_that_comes_in() {
    check("inbound-answered");
}

/// Everything that passed between the simulator and the widget.
async fn in_the_simulator(harness: &TestHarness, selectors: &Selectors, scenario: &str) -> Vec<Value> {
    let simulator = Simulator::open(harness, &Opening { scenario: Some(scenario), ..Opening::default() }).await;
    assert_eq!(simulator.finish(selectors, Duration::from_secs(60)).await, Outcome::Passed);
    let kept = simulator.page().run("return localStorage.getItem('simulator:run');", vec![]).await;
    let kept: Value = serde_json::from_str(kept.as_str().expect("the run is kept")).expect("it is JSON");
    kept["run"]["entries"].as_array().expect("a run has its messages").clone()
}

fn is_from_widget(entry: &Value) -> bool {
    entry["direction"] == "from-widget"
}

fn said(entries: &[Value]) -> impl Iterator<Item = &Value> {
    entries.iter().filter(|entry| is_from_widget(entry)).map(|entry| &entry["message"])
}

/// What the widget says to the npm host, which says what the simulator said, each time at the same point of the conversation.
async fn under_npm(harness: &TestHarness, selectors: &Selectors, entries: &[Value]) -> Vec<Value> {
    let sync =
        entries.iter().find(|entry| entry["message"]["type"] == "SYNC").expect("a conversation begins with SYNC");
    let mut page = harness.widget();
    page.sync = sync["message"].clone();
    for own in ["type", "messageId", "hostUrl"] {
        page.sync.as_object_mut().expect("SYNC is an object").remove(own);
    }
    let host = page.open(harness).await;
    host.next("READY").await;
    for entry in entries {
        let (kind, data) = (entry["message"]["type"].as_str().unwrap_or_default(), &entry["message"]["data"]);
        match kind {
            "SYNC" | "SYNC_ACK" | "RESIZE_WIDGET" => {}
            _ if is_from_widget(entry) => {
                provoke(harness, selectors, entries, kind, data).await;
                host.next(kind).await;
            }
            _ => host.send(kind, data.clone()).await,
        }
    }
    let lines = host.transcript().await;
    host.nothing_more().await;
    lines.into_iter().filter(|line| line.direction == Direction::Received).map(|line| line.message).collect()
}

/// Does in the widget what makes it say this.
async fn provoke(harness: &TestHarness, selectors: &Selectors, entries: &[Value], kind: &str, data: &Value) {
    let of = |kind: &str| entries.iter().map(|entry| &entry["message"]).find(|message| message["type"] == kind);
    let incoming = of("INCOMING_CALL");
    let act = async |action: &str, value: Option<&str>| act(harness, selectors, action, value).await;
    match kind {
        "LOGGED_IN" => act("log-in", None).await,
        "OUTGOING_CALL_STARTED" => act("call", None).await,
        "USER_AVAILABLE" => act("receive-call", incoming.and_then(|call| call["data"]["fromNumber"].as_str())).await,
        "CALL_ANSWERED" if incoming.is_some() => act("answer", None).await,
        "CALL_ENDED" if data["callEndStatus"] == "COMPLETED" && of("END_CALL").is_none() => act("end-call", None).await,
        "CALL_COMPLETED" => {
            let notes = data["engagementProperties"]["hs_call_body"].as_str().unwrap_or_default();
            if !notes.is_empty() {
                act("type-notes", Some(notes)).await;
            }
            act("save", None).await;
        }
        _ => {}
    }
}

/// Without what differs from run to run: the addresses of host and widget, the ids that the widget makes, and its times.
fn masked(message: &Value) -> Value {
    const VARIES: [&str; 7] =
        ["messageId", "hostUrl", "iFrameUrl", "externalCallId", "callStartTime", "hs_timestamp", "hs_call_duration"];
    match message {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| {
                let value = if VARIES.contains(&name.as_str()) { json!("…") } else { masked(value) };
                (name.clone(), value)
            })
            .collect(),
        Value::Array(values) => values.iter().map(masked).collect(),
        value => value.clone(),
    }
}
