//! Widgets that fail only when they run, in a real browser. Needs Chromium and chromedriver.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod support;

use doctor::{Check, Options, Report, Status, examine};
use std::time::Duration;
use support::{Certificate, PAGE, SCRIPT, STYLES, Server, Site, WIDGET, healthy};

/// The browser does not know the authority of the tests. A self-signed certificate is accepted for these checks, as a developer
/// would accept it.
async fn examined(site: Site, options: Options) -> Report {
    let server = Server::https(site, Certificate::SelfSigned).await;
    examine(&server.url, &options).await.unwrap()
}

/// How long is waited for something that does not come: long enough for a busy machine to load the page.
const SHORT: Duration = Duration::from_secs(6);

fn impatient() -> Options {
    Options { timeout: SHORT, ..Options::default() }
}

fn with_script(from: &str, to: &str) -> Site {
    assert!(WIDGET.contains(from), "{from}");
    let mut site = healthy();
    site.get_mut(SCRIPT).unwrap().content = WIDGET.replace(from, to).into_bytes();
    site
}

#[track_caller]
fn check_finding(report: &Report, check: Check, status: Status, message: &str) {
    let finding = report.of(check).unwrap_or_else(|| panic!("no {check:?} in {report}"));
    assert_eq!(finding.status, status, "{report}");
    assert!(finding.message.contains(message), "{message:?} is not in {finding:?}");
}

#[tokio::test]
async fn a_healthy_widget_answers_in_a_browser() {
    let report = examined(healthy(), Options::default()).await;
    check_finding(&report, Check::Sync, Status::Ok, "version 0.9.7");
    check_finding(&report, Check::Ready, Status::Ok, "INITIALIZED after");
    check_finding(&report, Check::Console, Status::Ok, "nothing");
    let others = report.findings.iter().filter(|it| it.status > Status::Skipped && it.check != Check::Certificate);
    assert_eq!(others.count(), 0, "{report}");
}

#[tokio::test]
async fn a_widget_that_does_not_answer_is_told_what_to_do() {
    let report = examined(with_script("'SYNC'", "'PING'"), impatient()).await;
    check_finding(&report, Check::Sync, Status::Fault, "has not answered SYNC after 6 s");
    check_finding(&report, Check::Ready, Status::Skipped, "SYNC");
}

#[tokio::test]
async fn a_widget_that_is_late_is_a_fault() {
    let late = with_script(
        "=> parent.postMessage(message, event.origin)",
        "=> setTimeout(() => parent.postMessage(message, event.origin), 400)",
    );
    let report = examined(late, Options { ready_within: Duration::from_millis(200), ..Options::default() }).await;
    check_finding(&report, Check::Sync, Status::Ok, "SYNC is answered");
    check_finding(&report, Check::Ready, Status::Fault, "more than 200 ms");
}

#[tokio::test]
async fn a_widget_without_initialized_is_warned_about() {
    let report = examined(with_script("'INITIALIZED'", "'LOGGED_OUT'"), impatient()).await;
    check_finding(&report, Check::Sync, Status::Ok, "SYNC is answered");
    check_finding(&report, Check::Ready, Status::Warning, "INITIALIZED has not come within 6 s");
}

#[tokio::test]
async fn an_answer_without_the_id_of_the_sync_is_a_fault() {
    let report = examined(with_script("version: '0.9.7'", "messageId: '1_1'"), impatient()).await;
    check_finding(&report, Check::Sync, Status::Fault, "messageId");
}

#[tokio::test]
async fn a_page_that_forbids_the_frame_is_not_shown() {
    for (header, value) in [("content-security-policy", "frame-ancestors 'none'"), ("x-frame-options", "DENY")] {
        let mut site = healthy();
        let page = site.get_mut(PAGE).unwrap();
        page.headers.remove("content-security-policy");
        page.headers.insert(header, value.to_owned());
        let report = examined(site, impatient()).await;
        check_finding(&report, Check::Sync, Status::Fault, "does not show the widget");
    }
}

#[tokio::test]
async fn a_page_that_does_not_finish_loading_gets_no_sync() {
    let mut site = healthy();
    site.get_mut(STYLES).unwrap().stalls = true;
    let report = examined(site, impatient()).await;
    check_finding(&report, Check::Sync, Status::Fault, "not finished loading after 6 s");
}

#[tokio::test]
async fn what_the_program_loads_over_http_is_found() {
    let insecure = format!("fetch('http://phone.example/numbers.json').catch(() => {{}});{WIDGET}");
    let mut site = healthy();
    site.get_mut(SCRIPT).unwrap().content = insecure.into_bytes();
    let report = examined(site, Options::default()).await;
    check_finding(&report, Check::MixedContent, Status::Fault, "numbers.json");
}

#[tokio::test]
async fn an_error_in_the_console_is_reported() {
    let failing = format!("setTimeout(() => {{ throw new Error('no phone system') }});{WIDGET}");
    let mut site = healthy();
    site.get_mut(SCRIPT).unwrap().content = failing.into_bytes();
    let report = examined(site, Options::default()).await;
    check_finding(&report, Check::Console, Status::Warning, "no phone system");
}

#[tokio::test]
async fn a_file_that_only_the_program_loads_is_checked_too() {
    let mut site = healthy();
    site.get_mut(SCRIPT).unwrap().content = format!("fetch('extra.json');{WIDGET}").into_bytes();
    let report = examined(site, Options::default()).await;
    check_finding(&report, Check::Mime, Status::Fault, "extra.json answers with status 404");
}
