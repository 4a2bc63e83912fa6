//! What a widget can do to the simulator: a test for each row of `HOSTILE-WIDGETS.md` that a browser can show.
//!
//! `pages/hostile.html` attacks once when it has connected, and again with a click, which permits a page more.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{DEFAULT_TIMEOUT, Frame, Setting, TestHarness, policy, run, run_in, until};
use std::time::{Duration, Instant};

const WIDGET: &str = "#hubspot-calling-extension-iframe";
/// How long a widget computes that never rests.
const ATTACK: Duration = Duration::from_secs(60);
/// What a browser answers to what is forbidden.
const SECURITY: &str = "SecurityError";
const NOT_ALLOWED: &str = "NotAllowedError";
/// Firefox has no payments.
const NO_SUCH_FUNCTION: &str = "ReferenceError";
const UNSAFE_NAVIGATION: &str = "Unsafe attempt to initiate navigation";

/// The page with the widget in it that attacks so, once it has attacked. The widget is of another site.
async fn open<'a>(harness: &'a TestHarness, attack: &str) -> (Frame<'a>, Frame<'a>) {
    let page = open_attacking(harness, attack).await;
    let widget = harness.frame(WIDGET);
    result(&widget).await;
    (page, widget)
}

/// As [`open`], without waiting for the attack.
async fn open_attacking<'a>(harness: &'a TestHarness, attack: &str) -> Frame<'a> {
    harness.driver().set_window_rect(0, 0, 1280, 860).await.expect("the window has that size");
    harness.driver().goto(page_url(harness, attack)).await.expect("the simulator opens");
    let page = harness.page();
    page.click("call-button").await;
    page
}

fn page_url(harness: &TestHarness, attack: &str) -> String {
    let (host, widget) = (harness.server.host_port, harness.server.widget_port);
    format!("http://127.0.0.1:{host}/simulator/?widget=http://localhost:{widget}/pages/hostile.html?attack={attack}")
}

/// Waits for what came of the last attack.
async fn result(widget: &Frame<'_>) -> String {
    until("the result of the attack", DEFAULT_TIMEOUT, async || {
        let result = widget.try_run("return document.body?.dataset.result ?? '';", vec![]).await?;
        result.as_str().filter(|result| !result.is_empty()).map(str::to_owned).ok_or_else(|| "none yet".to_owned())
    })
    .await
}

/// Attacks again, with a click, and returns the result.
async fn attack_with_click(widget: &Frame<'_>) -> String {
    widget.run("delete document.body.dataset.result;", vec![]).await;
    widget.click("#attack").await;
    result(widget).await
}

/// The page is where it was, with its own title, and can be used.
async fn see_intact(page: &Frame<'_>) {
    page.click("tab-faults").await;
    page.see("fault-delay").await;
    let shown = page.run("return [location.pathname, document.title];", vec![]).await;
    assert_eq!(shown[0], "/simulator/", "{shown}");
    assert!(shown[1].as_str().unwrap().contains("HubSpot Simulator"), "{shown}");
}

/// The attack has this result, by itself and with a click, and the page is intact. `errors` are what the browser writes to the
/// console about it.
#[track_caller]
fn check(attack: &'static str, expected: &[&str], errors: &[&'static str]) {
    run(async |harness| {
        for error in errors {
            harness.expect_error(error);
        }
        let (page, widget) = open(harness, attack).await;
        let by_itself = result(&widget).await;
        assert!(expected.contains(&by_itself.as_str()), "{attack} by itself: {by_itself}");
        let with_click = attack_with_click(&widget).await;
        assert!(expected.contains(&with_click.as_str()), "{attack} with a click: {with_click}");
        see_intact(&page).await;
    });
}

#[test]
fn it_cannot_navigate_the_page_by_script() {
    check("navigate-by-script", &[SECURITY], &[UNSAFE_NAVIGATION]);
}

#[test]
fn it_cannot_navigate_the_page_by_a_link() {
    check("navigate-by-link", &["no error"], &[UNSAFE_NAVIGATION]);
}

#[test]
fn it_cannot_navigate_the_page_from_a_window_of_its_own() {
    check("navigate-from-window", &[SECURITY], &[UNSAFE_NAVIGATION]);
}

#[test]
fn it_cannot_close_the_page() {
    check("close", &["no error"], &[UNSAFE_NAVIGATION]);
}

#[test]
fn it_cannot_read_the_page() {
    check("read-page", &[SECURITY], &[]);
}

#[test]
fn it_cannot_fill_the_screen() {
    check("fullscreen", &["TypeError"], &["fullscreen is not allowed"]);
}

#[test]
fn it_cannot_lock_the_pointer() {
    check("pointer-lock", &[SECURITY], &["Blocked pointer lock"]);
}

#[test]
fn it_cannot_ask_for_a_payment() {
    check("payment", &[SECURITY, NO_SUCH_FUNCTION], &["payment"]);
}

#[test]
fn it_reads_neither_the_screen_nor_the_clipboard() {
    check("read-screen-and-clipboard", &[NOT_ALLOWED], &["Permissions policy violation"]);
}

#[test]
fn it_can_show_dialogs_and_they_can_be_closed() {
    run(async |harness| {
        let page = open_attacking(harness, "dialog").await;
        until("the dialog", DEFAULT_TIMEOUT, async || {
            harness.driver().get_alert_text().await.map_err(|error| error.to_string())
        })
        .await;
        harness.driver().dismiss_alert().await.unwrap();
        see_intact(&page).await;
    });
}

#[test]
fn it_cannot_start_a_download() {
    run(async |harness| {
        // Firefox blocks it as a page that is not from a server.
        let denied = ["Download is disallowed", "blocked the loading of a resource (frame-src) at blob:"];
        harness.expect_error(denied[1]);
        let (page, widget) = open(harness, "download").await;
        attack_with_click(&widget).await;
        until("the browser's word on the download", DEFAULT_TIMEOUT, async || {
            let console = harness.console().await;
            if console.iter().any(|line| denied.iter().any(|text| line.contains(text))) {
                Ok(())
            } else {
                Err(format!("{console:?}"))
            }
        })
        .await;
        see_intact(&page).await;
    });
}

#[test]
fn its_title_and_its_errors_are_no_part_of_the_page() {
    run(async |harness| {
        let (page, widget) = open(harness, "title").await;
        page.see_text("alert", "<img src=x").await;
        page.click("alert-dismiss").await;
        attack_with_click(&widget).await;
        see_intact(&page).await;
    });
}

#[test]
fn whatever_its_size_it_can_be_closed() {
    run(async |harness| {
        let (page, _) = open(harness, "size").await;
        let width = "return document.querySelector('#hubspot-calling-extension-iframe').getAttribute('width');";
        until("the size that the widget asks for", DEFAULT_TIMEOUT, async || {
            let width = page.try_run(width, vec![]).await?;
            if width == "9999" { Ok(()) } else { Err(width.to_string()) }
        })
        .await;
        page.click("widget-minimize").await;
        page.click("widget-minimize").await;
        page.click("widget-close").await;
        page.see_none(WIDGET).await;
        see_intact(&page).await;
    });
}

#[test]
fn a_widget_of_another_site_that_never_rests_leaves_the_page_usable() {
    // As browsers of people have it; the tests otherwise have all frames in one process, whose console they read.
    let setting = Setting { browser_flags: &["--site-per-process"], ..Setting::default() };
    run_in(setting, async |harness| {
        let start = Instant::now();
        let page = open_attacking(harness, "busy").await;
        // It is sent right before the attack, which takes longer than anything here waits.
        page.see("[data-test-id=message-row][data-type=INITIALIZED]").await;
        see_intact(&page).await;
        page.click("widget-close").await;
        page.see_none(WIDGET).await;
        assert!(start.elapsed() < ATTACK, "the page was used after the attack");
    });
}

#[test]
fn it_can_fill_the_history() {
    run(async |harness| {
        let (page, _) = open(harness, "history").await;
        let length = page.run("return history.length;", vec![]).await;
        assert!(length.as_i64().unwrap() > 20, "{length}");
        see_intact(&page).await;
    });
}

#[test]
fn it_can_take_the_focus() {
    run(async |harness| {
        let (page, widget) = open(harness, "focus").await;
        assert_eq!(attack_with_click(&widget).await, "true");
        see_intact(&page).await;
    });
}

#[test]
fn it_has_the_features_that_hubspot_gives_it_and_no_device() {
    run(async |harness| {
        let (page, widget) = open(harness, "none").await;
        let features = [
            "microphone",
            "autoplay",
            "browsing-topics",
            "camera",
            "fullscreen",
            "gamepad",
            "geolocation",
            "hid",
            "idle-detection",
            "midi",
            "picture-in-picture",
            "screen-wake-lock",
            "serial",
            "usb",
        ];
        assert_eq!(policy::allowed(&widget, &features).await, ["microphone", "autoplay"]);
        assert_eq!(policy::allowed(&page, &features).await, ["microphone", "autoplay"]);
    });
}

/// It has the page of the simulator as its opener, and a script may close it.
#[test]
fn it_cannot_leave_or_close_the_calling_window() {
    run(async |harness| {
        harness.expect_error(UNSAFE_NAVIGATION);
        let (page, _) = open(harness, "leave-calling-window").await;
        let before = harness.driver().window().await.unwrap();
        page.run("window.open('./?role=window', 'simulator-calling-window');", vec![]).await;
        let opened = harness.other_window(&before).await;
        harness.driver().switch_to_window(opened).await.unwrap();
        let widget = harness.frame(WIDGET);
        assert_eq!(result(&widget).await, SECURITY);
        assert_eq!(attack_with_click(&widget).await, SECURITY);
        harness.page().see(WIDGET).await;
        harness.driver().switch_to_window(before).await.unwrap();
        see_intact(&page).await;
    });
}

/// The addresses that are refused are in a table of `apps.rs`; here the browser, which reads addresses in its own way, is asked.
#[test]
fn a_widget_has_an_address_of_http_or_https() {
    run(async |harness| {
        let port = harness.server.widget_port;
        let hostile = [
            "javascript:document.title='taken'".to_owned(),
            "%20javascript:document.title='taken'".to_owned(),
            "java%0Ascript:document.title='taken'".to_owned(),
            "data:text/html,<script>top.document.title='taken'</script>".to_owned(),
            "blob:http://127.0.0.1/1".to_owned(),
            "file:///etc/passwd".to_owned(),
            format!("//localhost:{port}/pages/hostile.html"),
            format!("http://user:word@localhost:{port}/pages/hostile.html"),
            "about:srcdoc".to_owned(),
        ];
        for url in hostile {
            let address = format!("http://127.0.0.1:{}/simulator/?widget={url}", harness.server.host_port);
            harness.driver().goto(address).await.expect("the simulator opens");
            let page = harness.page();
            page.see_text("alert", "widget=").await;
            page.click("call-button").await;
            let source = page.see(WIDGET).await.prop("src").await.unwrap().unwrap();
            assert_eq!(source, format!("http://localhost:{}/", harness.server.host_port), "{url}");
        }
    });
}

/// What the sandbox leaves a widget.
#[test]
fn a_widget_may_open_a_window_which_has_no_sandbox() {
    run(async |harness| {
        let (page, widget) = open(harness, "none").await;
        widget.run("document.getElementById('attack').onclick = () => open('unrelated.html');", vec![]).await;
        let before = harness.driver().window().await.unwrap();
        widget.click("#attack").await;
        let opened = harness.other_window(&before).await;
        harness.driver().switch_to_window(opened).await.unwrap();
        assert_eq!(harness.page().run("return [origin !== 'null', localStorage.length];", vec![]).await[0], true);
        harness.driver().close_window().await.unwrap();
        harness.driver().switch_to_window(before).await.unwrap();
        see_intact(&page).await;
    });
}
