//! Persistence: the state is restored after a reload, as far as another version of the app can be read, but not in a copy of the tab
//! or after a log-out.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Control, DEFAULT_TIMEOUT, Direction, Host, TestHarness, Value, json, run, until};

/// What the version of this name stores during a call.
const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/state-0.1.0.json");

/// A call is restored only if the page that stored it was left. Otherwise the tab is a copy, and the call continues in the first
/// one. The test sets the mark that says so.
#[test]
fn a_call_is_restored_only_if_its_page_was_left() {
    run(async |harness| {
        let host = harness.logged_in().await;
        host.dial("+16175550100").await;
        host.next("CALL_ANSWERED").await;
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        host.nothing_more().await;
        let stored = stored(&host).await;
        for (left, engagement) in [("no", Value::Null), ("yes", json!(12))] {
            let copied = in_a_tab_with(harness, &stored, left).await;
            assert_initialized(&copied, true, engagement.clone()).await;
            assert_eq!(copied.guest().has(Control::Notes).await, !engagement.is_null(), "left: {left}");
        }
    });
}

/// A page that crashed has not marked its storage, nor has a frame that Firefox has removed. Nobody holds the lock that it named.
#[test]
fn a_call_of_a_page_that_is_gone_is_restored() {
    run(async |harness| {
        let host = harness.logged_in().await;
        host.dial("+16175550100").await;
        host.next("CALL_ANSWERED").await;
        let stored = stored(&host).await;
        let items = [("cti-state", &*stored), ("cti-left", "no"), ("cti-page", "gone")];
        let next = in_a_tab_with_items(harness, &items).await;
        next.initialized().await;
        next.guest().see(Control::Notes).await;
    });
}

/// The fixture of each released version, and what a later version may have added: the call goes on.
#[test]
fn a_call_that_another_version_has_stored_is_restored() {
    run(async |harness| {
        let released = std::fs::read_to_string(FIXTURE).unwrap();
        let mut later: Value = serde_json::from_str(&released).unwrap();
        later["state"]["queue"] = json!([{"number": "+1"}]);
        later["state"]["line"] = json!({"Degraded": {"bars": 1}});
        later["state"]["call"]["callers"] = json!("none");
        // More than a JavaScript number can count to. It has to be stored again.
        later["state"]["last_engagement"] = json!(9_007_199_254_740_994_u64);
        for stored in [released, later.to_string()] {
            let host = in_a_tab_with(harness, &stored, "yes").await;
            assert_initialized(&host, true, json!("00123")).await;
            host.guest().see_value(Control::Notes, "call back on Monday").await;
            until("the state to be stored with the handshake", DEFAULT_TIMEOUT, async || {
                let stored: Value = serde_json::from_str(&self::stored(&host).await).unwrap();
                let link = &stored["state"]["link"];
                if *link == "Connected" { Ok(()) } else { Err(format!("the link is {link}")) }
            })
            .await;
            host.guest().click(Control::EndCall).await;
            assert_eq!(host.next("CALL_ENDED").await["data"]["engagementId"], "00123");
            host.guest().click(Control::SaveCall).await;
            let completed = host.next("CALL_COMPLETED").await;
            assert_eq!(completed["data"]["engagementProperties"]["hs_call_body"], "call back on Monday", "{completed}");
        }
        let console = harness.console().await;
        for name in ["call.callers", "line"] {
            let logged = console.iter().filter(|line| line.contains(&format!("cannot be read: {name}"))).count();
            assert_eq!(logged, 1, "{name}: {console:#?}");
        }
    });
}

/// A state in which the fields have another meaning, and half of one. Where a call was stored the user gets its notes.
#[test]
fn a_state_that_cannot_be_read_is_discarded() {
    run(async |harness| {
        let released = std::fs::read_to_string(FIXTURE).unwrap();
        let snapshot: Value = serde_json::from_str(&released).unwrap();
        let version = snapshot["version"].as_u64().unwrap();
        let with_version = |version: u64| {
            let mut other = snapshot.clone();
            other["version"] = json!(version);
            other.to_string()
        };
        let half = released[..released.len() / 2].to_owned();
        let rows = [(with_version(version - 1), true), (with_version(version + 1), true), (half, false)];
        for ((discarded, has_notes), count) in rows.iter().zip(1..) {
            let host = in_a_tab_with(harness, discarded, "yes").await;
            assert_initialized(&host, false, Value::Null).await;
            let widget = host.guest();
            widget.see(Control::LogIn).await;
            if *has_notes {
                widget.see_text("[role=alert]", widget.texts().call_not_restored).await;
                widget.see_text("[role=alert]", "call back on Monday").await;
            }
            widget.click(Control::LogIn).await;
            widget.see(Control::DialNumber).await;
            let console = harness.console().await;
            let logged = console.iter().filter(|line| line.contains("discarded the stored state")).count();
            assert_eq!(logged, count, "each is logged: {console:#?}");
        }
    });
}

/// The user is still logged in, and has the notes.
#[test]
fn a_call_that_cannot_be_read_leaves_its_notes() {
    run(async |harness| {
        let mut snapshot: Value = serde_json::from_str(&std::fs::read_to_string(FIXTURE).unwrap()).unwrap();
        snapshot["state"]["call"]["phase"] = json!({"Parked": {"at": 1}});
        snapshot["state"]["notices"] = json!([]);
        let host = in_a_tab_with(harness, &snapshot.to_string(), "yes").await;
        assert_initialized(&host, true, Value::Null).await;
        let widget = host.guest();
        widget.see(Control::DialNumber).await;
        widget.see_text("[role=alert]", widget.texts().call_not_restored).await;
        widget.see_text("[role=alert]", "call back on Monday").await;
    });
}

/// No data of the user is left.
#[test]
fn a_log_out_clears_what_was_stored() {
    run(async |harness| {
        let host = harness.logged_in().await;
        for number in ["+16175550100", "+16175550101"] {
            host.dial(number).await;
            if number == "+16175550100" {
                host.guest().click(Control::EndCall).await;
            }
            host.next("CALL_ENDED").await;
            host.guest().click(Control::SaveCall).await;
            host.next("CALL_COMPLETED").await;
        }
        host.guest().click(Control::LogOut).await;
        host.next("LOGGED_OUT").await;
        let left = "return [sessionStorage.getItem('cti-state'), ...Object.keys(localStorage)];";
        assert_eq!(host.guest().run(left, vec![]).await, json!([null]));
    });
}

/// A copied tab has a copy of the session storage. Only the original continues the call.
#[test]
fn a_copied_tab_restores_no_call() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        host.guest().click(Control::LogIn).await;
        host.guest().type_over(Control::DialNumber, "+16175550100").await;
        host.guest().click(Control::Call).await;
        host.guest().see(Control::Notes).await;
        let original = harness.driver().window().await.unwrap();
        host.run("window.open(location.href);", vec![]).await;
        let copy = harness.other_window(&original).await;
        harness.driver().switch_to_window(copy).await.unwrap();
        let copied = harness.widget().opened(harness);
        assert_eq!(copied.initialized().await["data"].get("engagementId"), None);
        copied.nothing_more().await;
        assert!(!copied.guest().has(Control::EndCall).await);
        harness.driver().switch_to_window(original).await.unwrap();
        host.guest().click(Control::EndCall).await;
        host.guest().see(Control::SaveCall).await;
        assert_eq!(host.count(Direction::Handled, "CALL_ENDED").await, 1);
    });
}

/// An older state in a full storage would bring back a call that is over.
/// `beforeunload` comes before a download too. The time after which the page is known to stay is shortened.
#[test]
fn a_page_that_stays_is_not_marked_as_left() {
    run(async |harness| {
        let shorten = "const late = setTimeout; setTimeout = (run, delay) => late(run, delay === 30000 ? 100 : delay);";
        harness.before_every_page(shorten).await;
        let host = harness.logged_in().await;
        let leave =
            "dispatchEvent(new Event('beforeunload', {cancelable: true})); return sessionStorage.getItem('cti-left');";
        assert_eq!(host.guest().run(leave, vec![]).await, "yes");
        until("the mark to be removed", DEFAULT_TIMEOUT, async || {
            let mark = host.guest().run("return sessionStorage.getItem('cti-left');", vec![]).await;
            if mark == "no" { Ok(()) } else { Err(format!("it is {mark}")) }
        })
        .await;
    });
}

#[test]
fn with_a_full_storage_a_call_survives_a_reload_of_the_frame() {
    run(async |harness| {
        let host = harness.logged_in().await;
        let widget = host.guest();
        let fill = "for (let size = 1 << 22; size; size >>= 1) {
            try { for (let i = 0; ; i++) sessionStorage.setItem(`${size} ${i}`, 'x'.repeat(size)); } catch {}
        }";
        widget.run(fill, vec![]).await;
        host.dial("+16175550100").await;
        host.next("CALL_ANSWERED").await;
        widget.type_into(Control::Notes, "not lost").await;
        widget.see_text("[role=alert]", widget.texts().storage_blocked).await;
        for _ in 0..2 {
            widget.run("location.reload();", vec![]).await;
            host.initialized().await;
            widget.see_value(Control::Notes, "not lost").await;
        }
        widget.click(Control::EndCall).await;
        host.next("CALL_ENDED").await;
        widget.click(Control::SaveCall).await;
        host.next("CALL_COMPLETED").await;
        widget.see(Control::DialNumber).await;
        widget.run("location.reload();", vec![]).await;
        host.initialized().await;
        widget.see(Control::DialNumber).await;
    });
}

/// Any other stored value is discarded.
#[test]
fn a_stored_state_that_is_broken_is_discarded() {
    run(async |harness| {
        for broken in ["", "null", "{}", "[1", "{\"version\": 999999}", "\u{fffd}"] {
            let host = in_a_tab_with(harness, broken, "yes").await;
            assert_initialized(&host, false, Value::Null).await;
            host.guest().see(Control::LogIn).await;
        }
    });
}

async fn assert_initialized(host: &Host<'_>, logged_in: bool, engagement: Value) {
    let initialized = host.initialized().await;
    assert_eq!(initialized["data"]["isLoggedIn"], logged_in, "{initialized}");
    assert_eq!(initialized["data"]["engagementId"], engagement, "{initialized}");
    host.nothing_more().await;
}

/// What the frame has stored.
async fn stored(host: &Host<'_>) -> String {
    let stored = host.guest().run("return sessionStorage.getItem('cti-state');", vec![]).await;
    stored.as_str().unwrap().to_owned()
}

/// The host in a new tab, whose frame has this state in its storage before it starts, and a mark that says whether its page was left.
async fn in_a_tab_with<'a>(harness: &'a TestHarness, stored: &str, left: &str) -> Host<'a> {
    in_a_tab_with_items(harness, &[("cti-state", stored), ("cti-left", left)]).await
}

async fn in_a_tab_with_items<'a>(harness: &'a TestHarness, items: &[(&str, &str)]) -> Host<'a> {
    let tab = harness.driver().new_tab().await.unwrap();
    harness.driver().switch_to_window(tab).await.unwrap();
    // Firefox runs it in a document without storage too, before that of the frame.
    let script = format!(
        "if (top !== self) try {{ for (const [name, value] of {}) sessionStorage.setItem(name, value); }} catch {{}}",
        json!(items)
    );
    harness.before_every_page(&script).await;
    harness.widget().open(harness).await
}
