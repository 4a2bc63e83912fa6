//! The simulator's page: what a person sees and does in it. What it says to a widget is the business of the scenarios.
#![allow(clippy::expect_used, reason = "a failed expectation is how a test fails")]

use e2e::{Frame, Key, TestHarness, json, run, until, violations};
use std::time::Duration;

const WIDGET: &str = "#hubspot-calling-extension-iframe";

/// Wide enough for records and panels side by side.
const WIDE: (u32, u32) = (1280, 860);

/// The page at the other name of this machine, as `cargo xtask serve` opens it.
async fn open<'a>(harness: &'a TestHarness, query: &str) -> Frame<'a> {
    open_in(harness, query, WIDE).await
}

async fn open_in<'a>(harness: &'a TestHarness, query: &str, (width, height): (u32, u32)) -> Frame<'a> {
    harness.driver().set_window_rect(0, 0, width, height).await.expect("the window has that size");
    let url = format!("http://127.0.0.1:{}/simulator/{query}", harness.server.host_port);
    harness.driver().goto(url).await.expect("the simulator opens");
    let page = harness.page();
    page.see("call-button").await;
    page
}

async fn log_in(widget: &Frame<'_>) {
    widget.click("log-in").await;
    widget.see("dial-number-input").await;
}

/// From the list to a call that is on.
async fn call<'a>(harness: &'a TestHarness, page: &Frame<'a>) -> Frame<'a> {
    page.click("record-phone-number").await;
    let widget = harness.frame(WIDGET);
    log_in(&widget).await;
    widget.click("outgoing-call").await;
    page.see("[data-test-id=message-row][data-type=CALL_ANSWERED]").await;
    widget
}

#[test]
fn a_click_on_a_number_opens_the_widget_of_another_origin_and_dials() {
    run(async |harness| {
        let page = open(harness, "").await;
        assert!(!page.has(WIDGET).await, "nothing is open before the first click");
        page.click("record-phone-number").await;
        page.see("[data-test-id=message-row][data-type=DIAL_NUMBER]").await;
        page.see_attribute("availability", "data-state", Some("logged-out")).await;
        let source = page.see(WIDGET).await.prop("src").await.unwrap().unwrap();
        assert_eq!(source, format!("http://localhost:{}/", harness.server.host_port));
        let allow = page.see(WIDGET).await.attr("allow").await.unwrap();
        assert_eq!(allow.as_deref(), Some("microphone; autoplay; speaker-selection"));
        log_in(&harness.frame(WIDGET)).await;
        page.see_attribute("availability", "data-state", Some("unavailable")).await;
    });
}

#[test]
fn the_widget_is_moved_with_the_pointer_and_with_the_arrow_keys_and_minimized() {
    run(async |harness| {
        let page = open(harness, "").await;
        page.click("call-button").await;
        page.see_attribute("availability", "data-state", Some("logged-out")).await;
        let place = async || {
            let place =
                "const box = document.querySelector('.widget').getBoundingClientRect(); return [box.left, box.top];";
            page.run(place, vec![]).await
        };
        let see_at = async |left: i64, top: i64| {
            until("the widget in its new place", e2e::DEFAULT_TIMEOUT, async || {
                let is = place().await;
                if is == json!([left, top]) { Ok(()) } else { Err(format!("it is at {is}")) }
            })
            .await;
        };
        let start = place().await;
        let (left, top) = (start[0].as_i64().expect("a place"), start[1].as_i64().expect("a place"));

        let title = page.see("#widget-title").await;
        let drag = harness.driver().action_chain().click_and_hold_element(&title).move_by_offset(-90, 40).release();
        drag.perform().await.expect("the pointer can drag");
        see_at(left - 90, top + 40).await;
        page.run("document.querySelector('.widget header button').focus();", vec![]).await;
        page.see_focus_on(".widget header button").await;
        page.press(Key::Right).await;
        page.press(Key::Up).await;
        see_at(left - 66, top + 16).await;

        page.click("widget-minimize").await;
        page.see("[data-test-id=message-row][data-type=VISIBILITY_CHANGED]").await;
        assert!(page.has(WIDGET).await, "it stays loaded");
        let height = page.run("return document.querySelector('.widget').offsetHeight;", vec![]).await;
        assert!(height.as_f64().is_some_and(|height| height < 60.0), "{height}");
    });
}

#[test]
fn while_a_call_is_on_closing_and_leaving_ask_first() {
    run(async |harness| {
        let page = open(harness, "").await;
        let widget = call(harness, &page).await;
        page.click("widget-close").await;
        page.click("leave-stay").await;
        assert!(page.has(WIDGET).await, "staying closes nothing");
        page.press(Key::Tab).await;

        page.click("widget-close").await;
        page.press(Key::Escape).await;
        until("the question to go", e2e::DEFAULT_TIMEOUT, async || {
            if page.has("leave-go").await { Err("it stands".to_owned()) } else { Ok(()) }
        })
        .await;
        widget.see("end-call").await;

        page.click("widget-close").await;
        page.click("leave-go").await;
        page.see_focus_on("[data-test-id=call-button]").await;
        assert!(!page.has(WIDGET).await);
    });
}

#[test]
fn while_a_call_is_on_another_record_asks_first() {
    run(async |harness| {
        let page = open(harness, "").await;
        let widget = call(harness, &page).await;
        page.click("[data-test-id=record-row][data-record='0-1/51'] .link").await;
        page.click("leave-stay").await;
        page.see("record-row").await;
        widget.click("end-call").await;
        widget.see("complete-call").await;
        page.click("[data-test-id=record-row][data-record='0-1/51'] .link").await;
        page.see("timeline-entry").await;
    });
}

#[test]
fn the_call_outlives_a_reload_of_the_page_and_of_the_frame() {
    run(async |harness| {
        let page = open(harness, "").await;
        let widget = call(harness, &page).await;
        for reload in ["fault-reload-frame", "fault-reload-host"] {
            page.click("tab-faults").await;
            page.click(reload).await;
            widget.see("end-call").await;
            page.click("tab-messages").await;
            page.see("[data-test-id=message-row]:first-of-type").await;
        }
        page.click("tab-faults").await;
        page.click("fault-end-call").await;
        widget.see("complete-call").await;
    });
}

#[test]
fn widgets_come_and_go_by_the_line_that_hubspot_takes() {
    run(async |harness| {
        let page = open(harness, "").await;
        page.click("call-from").await;
        page.click("add-app").await;
        page.click("app-save").await;
        page.see_text("app-error", "name").await;
        page.type_into("app-import", "localStorage.setItem(\"LocalSettings:Calling:CallingExtensions\")").await;
        page.click("app-take-over").await;
        page.see_text("app-error", "no widget in this text").await;
        page.type_over("app-import", "{isReady: false, name: 'Other', url: 'javascript:alert(1)'}").await;
        page.click("app-take-over").await;
        page.see_text("app-error", "https://").await;

        let url = format!("http://localhost:{}/minimal/", harness.server.host_port);
        let line = format!(
            "localStorage.setItem(\"LocalSettings:Calling:CallingExtensions\", JSON.stringify({{isReady: false, name: \
             \"Other\", url: \"{url}\", width: 420, height: 500, supportsCustomObjects: false, usesRemote: true}}))"
        );
        page.type_over("app-import", &line).await;
        page.click("app-take-over").await;
        page.see_value("app-url", &url).await;
        page.see_value("app-width", "420").await;
        let shown = page.value("#app-line").await;
        assert!(shown.contains("isReady: false, name: \"Other\""), "{shown}");
        assert!(shown.contains("width: 420, height: 500, supportsCustomObjects: false, "), "{shown}");
        page.click("app-save").await;
        page.see_text("call-from", "Other").await;

        harness.driver().refresh().await.expect("the page reloads");
        page.see_text("call-from", "Other").await;
        page.click("call-button").await;
        page.see("[data-test-id=message-row][data-type=SYNC_ACK]").await;
        assert_eq!(page.see(WIDGET).await.prop("src").await.unwrap().unwrap(), url);

        // Without supportsInboundCalling it is the frame on the record's page, which can be closed, although usesRemote is on.
        page.click("widget-close").await;
        page.click("call-from").await;
        page.click("edit-app").await;
        page.click("app-remove").await;
        page.see_text("call-from", &widget_name()).await;
    });
}

#[test]
fn a_widget_that_floods_is_stopped_and_the_page_can_be_used() {
    run(async |harness| {
        let flooding = format!("http://localhost:{}/pages/flooding.html", harness.server.widget_port);
        let page = open(harness, &format!("?widget={flooding}")).await;
        page.click("call-button").await;
        page.see_text("frame-state", "more than a thousand messages").await;
        assert!(!page.has(WIDGET).await, "it is out of the page");
        page.click("tab-faults").await;
        page.see("fault-delay").await;
        page.click("tab-messages").await;
        page.see("[data-test-id=message-row][data-type=CALL_DATA]").await;
    });
}

#[test]
fn an_address_that_names_no_widget_is_told_of_and_the_usual_one_is_there() {
    run(async |harness| {
        let page = open(harness, "?widget=javascript:alert(1)").await;
        page.see_text("alert", "widget=").await;
        page.see_text("call-from", &widget_name()).await;
    });
}

#[test]
fn a_browser_that_keeps_nothing_is_told_of_and_calls_go_on() {
    run(async |harness| {
        harness.before_every_page("Storage.prototype.setItem = () => { throw new Error('full') }").await;
        let page = open(harness, "").await;
        page.click("record-phone-number").await;
        page.see_text("alert", "The browser cannot save any more data").await;
        log_in(&harness.frame(WIDGET)).await;
    });
}

#[test]
fn a_widget_that_never_answers_is_told_of() {
    run(async |harness| {
        let silent = format!("http://localhost:{}/pages/transcript.js", harness.server.widget_port);
        let page = open(harness, &format!("?widget={silent}")).await;
        page.click("call-button").await;
        page.see_text("frame-state", "has not responded yet").await;
        until("the time-out of the host", Duration::from_secs(50), async || {
            let shown = page.see("frame-state").await.text().await.unwrap_or_default();
            if shown.contains("has not sent SYNC_ACK for 30 seconds") { Ok(()) } else { Err(shown) }
        })
        .await;
        page.see_text("alert", "30 seconds").await;
        page.click("alert-dismiss").await;
        page.click("widget-close").await;
        assert!(!page.has("frame-state").await);
    });
}

#[test]
fn calls_are_in_the_calling_window_and_both_windows_know_them() {
    run(async |harness| {
        let page = open(harness, "").await;
        let main = harness.driver().window().await.expect("a window");
        page.click("call-from").await;
        page.click("[data-test-id=call-from-option]:nth-of-type(2)").await;
        page.see("[data-test-id=message-row][data-type=INITIALIZED]").await;
        page.click("widget-hide").await;
        page.click("record-phone-number").await;
        let window = harness.other_window(&main).await;
        harness.driver().switch_to_window(window.clone()).await.expect("the calling window is there");
        let widget = harness.frame(WIDGET);
        log_in(&widget).await;
        widget.click("outgoing-call").await;
        widget.see("end-call").await;

        harness.driver().switch_to_window(main).await.expect("the page is there");
        page.see("[data-test-id=message-row][data-type=CALL_ANSWERED]").await;
        page.click("tab-faults").await;
        page.click("fault-end-call").await;
        harness.driver().switch_to_window(window).await.expect("the calling window is there");
        widget.see("complete-call").await;
    });
}

#[test]
fn another_page_takes_over_when_the_leader_is_closed() {
    run(async |harness| {
        let page = open(harness, "").await;
        let first = harness.driver().window().await.expect("a window");
        page.click("tab-faults").await;
        page.click("fault-creation-fails").await;
        let second = harness.driver().new_tab().await.expect("a second tab");
        harness.driver().switch_to_window(second.clone()).await.expect("the second tab is there");
        let page = open(harness, "?role=tab&record=0-1/51").await;
        page.click("tab-faults").await;
        until("the switch of the first page", e2e::DEFAULT_TIMEOUT, async || {
            match page.see("fault-creation-fails").await.prop("checked").await {
                Ok(Some(checked)) if checked == "true" => Ok(()),
                other => Err(format!("{other:?}")),
            }
        })
        .await;
        harness.driver().switch_to_window(first).await.expect("the first tab is there");
        harness.driver().close_window().await.expect("it closes");
        harness.driver().switch_to_window(second).await.expect("the second tab is there");
        page.click("tab-messages").await;
        call(harness, &page).await;
    });
}

#[test]
fn a_wrong_host_url_is_not_answered_by_a_careful_widget() {
    run(async |harness| {
        let page = open(harness, "").await;
        page.click("tab-faults").await;
        page.click("fault-wrong-host-url").await;
        page.click("call-button").await;
        page.see_text("frame-state", "has not responded yet").await;
        page.click("tab-messages").await;
        assert!(page.has("[data-test-id=message-row][data-type=SYNC]").await);
        assert!(!page.has("[data-test-id=message-row][data-type=SYNC_ACK]").await);
    });
}

#[test]
fn axe_finds_nothing_in_any_state() {
    check_with_axe("light", "en-US", WIDE);
}

#[test]
fn axe_finds_nothing_in_the_dark_in_french_and_on_a_phone() {
    check_with_axe("dark", "fr-FR", (360, 740));
}

#[track_caller]
fn check_with_axe(theme: &str, language: &str, size: (u32, u32)) {
    run(async |harness| {
        harness.prefer("prefers-color-scheme", theme).await;
        harness.prefer_language(language).await;
        let page = open_in(harness, "", size).await;
        let mut found = Vec::new();
        let mut look = async |state: &str| {
            page.settle().await;
            found.extend(violations(&page).await.into_iter().map(|violation| format!("{state}: {violation}")));
        };
        look("records").await;
        for tab in ["tab-messages", "tab-scenarios", "tab-faults"] {
            page.click(tab).await;
            look(tab).await;
        }
        page.click("call-from").await;
        look("menu").await;
        page.click("add-app").await;
        page.click("app-save").await;
        look("form").await;
        page.press(Key::Escape).await;
        page.click("call-button").await;
        page.see_attribute("availability", "data-state", Some("logged-out")).await;
        look("widget").await;
        page.click("widget-minimize").await;
        look("minimized").await;
        page.click("widget-close").await;
        let lang = page.run("return document.documentElement.lang;", vec![]).await;
        assert_eq!(lang, json!(language[..2]));
        assert!(found.is_empty(), "axe found: {found:#?}");
    });
}

/// The name of the widget that the simulator offers by default: the title of its page.
fn widget_name() -> String {
    let page = std::fs::read_to_string(e2e::dist().join("index.html")).expect("the widget's page is there");
    let (_, rest) = page.split_once("<title>").expect("it has a title");
    rest.split("</title>").next().unwrap_or_default().trim().to_owned()
}

/// Values of a later version, and half of a value. What cannot be read is kept for the user under another name.
#[test]
fn a_page_with_stored_values_that_it_cannot_read_works() {
    const NAMES: [&str; 7] = ["state", "transcript", "apps", "last-app", "first-steps-closed", "run", "scenarios"];
    run(async |harness| {
        for stored in [r#"{"frames":[{"id":"a","lo"#, r#""of a later version""#] {
            let script = format!(
                "if (location.pathname.startsWith('/simulator/'))
                    for (const name of {}) localStorage.setItem(`simulator:${{name}}`, {});",
                json!(NAMES),
                json!(stored)
            );
            harness.before_every_page(&script).await;
            let page = open(harness, "").await;
            let kept = "return arguments[0].map(name => localStorage.getItem(`simulator:${name}:unreadable`));";
            // The calling window alone reads the app that was opened last.
            let kept = page.run(kept, vec![json!(NAMES)]).await;
            for (name, kept) in NAMES.iter().zip(kept.as_array().expect("a list")) {
                assert_eq!(*kept, if *name == "last-app" { json!(null) } else { json!(stored) }, "{name}");
            }
            let warnings = harness.console().await;
            assert!(warnings.iter().any(|line| line.contains("simulator:scenarios in the storage")), "{warnings:#?}");
        }
        call(harness, &harness.page()).await;
    });
}
