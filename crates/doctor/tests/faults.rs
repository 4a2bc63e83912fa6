//! Each fault of a server, alone in a widget that has no other, and what the doctor says of it. Without a browser.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod support;

use axum::http::StatusCode;
use doctor::{Check, Options, Report, Status, examine};
use std::time::Duration;
use support::{Certificate, PAGE, SCRIPT, STYLES, Server, Site, WASM, healthy, redirect};

/// Checks what is found, and that nothing else is.
#[track_caller]
fn check_finding(name: &str, report: &Report, check: Check, status: Status, message: &str) {
    let finding = report.of(check).unwrap_or_else(|| panic!("{name}: no {check:?} in {report}"));
    assert_eq!(finding.status, status, "{name}: {report}");
    assert!(finding.message.contains(message), "{name}: {message:?} is not in {finding:?}");
    assert_eq!(finding.change.is_some(), status > Status::Skipped, "{name}: {finding:?}");
    let others = report.findings.iter().filter(|it| it.check != check && it.status > Status::Skipped);
    assert_eq!(others.count(), 0, "{name}: {report}");
}

struct Row {
    name: &'static str,
    fault: fn(&mut Site),
    check: Check,
    status: Status,
    message: &'static str,
}

const fn row(name: &'static str, check: Check, status: Status, message: &'static str, fault: fn(&mut Site)) -> Row {
    Row { name, fault, check, status, message }
}

fn set(site: &mut Site, path: &'static str, header: &'static str, value: &str) {
    site.get_mut(path).unwrap().headers.insert(header, value.to_owned());
}

fn remove(site: &mut Site, path: &'static str, header: &'static str) {
    site.get_mut(path).unwrap().headers.remove(header);
}

fn replace_in_page(site: &mut Site, from: &str, to: &str) {
    let page = site.get_mut(PAGE).unwrap();
    let html = String::from_utf8(page.content.clone()).unwrap();
    assert!(html.contains(from));
    page.content = html.replace(from, to).into_bytes();
}

const CSP: &str = "content-security-policy";

const ROWS: [Row; 22] = [
    row("page missing", Check::Reachable, Status::Fault, "status 404", |site| {
        let page = site.get_mut(PAGE).unwrap();
        page.status = StatusCode::NOT_FOUND;
        site.remove("/phone");
    }),
    row("page as text", Check::Reachable, Status::Fault, "text/plain", |site| {
        set(site, PAGE, "content-type", "text/plain")
    }),
    row("redirect to a neighbour", Check::Redirects, Status::Warning, "1 redirect before the page", |site| {
        let page = site.remove(PAGE).unwrap();
        site.insert("/phone/index.html", page);
        site.insert(PAGE, redirect("index.html"));
    }),
    row("no frame-ancestors", Check::FrameAncestors, Status::Warning, "any page can show", |site| {
        remove(site, PAGE, CSP)
    }),
    row("frame-ancestors in the page alone", Check::FrameAncestors, Status::Warning, "<meta>", |site| {
        remove(site, PAGE, CSP);
        let meta = "<meta http-equiv=content-security-policy content=\"frame-ancestors https://*.hubspot.com\"><title>";
        replace_in_page(site, "<title>", meta);
    }),
    row("frame-ancestors of the widget alone", Check::FrameAncestors, Status::Fault, "app.hubspot.com", |site| {
        set(site, PAGE, CSP, "frame-ancestors 'self'");
    }),
    row(
        "frame-ancestors without the other data centers",
        Check::FrameAncestors,
        Status::Fault,
        "app-eu1.hubspot.com",
        |site| {
            set(site, PAGE, CSP, "frame-ancestors https://app.hubspot.com");
        },
    ),
    row("X-Frame-Options beside frame-ancestors", Check::XFrameOptions, Status::Warning, "DENY", |site| {
        set(site, PAGE, "x-frame-options", "DENY");
    }),
    row("no microphone", Check::Microphone, Status::Fault, "microphone=()", |site| {
        set(site, PAGE, "permissions-policy", "microphone=()");
    }),
    row("script as text", Check::Mime, Status::Fault, "text/plain: browsers refuse it", |site| {
        set(site, SCRIPT, "content-type", "text/plain");
    }),
    row("wasm as bytes", Check::Mime, Status::Fault, "application/octet-stream", |site| {
        set(site, WASM, "content-type", "application/octet-stream");
    }),
    row("style sheet without a type", Check::Mime, Status::Fault, "sent as nothing", |site| {
        remove(site, STYLES, "content-type")
    }),
    row("script missing", Check::Mime, Status::Fault, "status 404", |site| {
        site.remove(SCRIPT);
    }),
    row("script never sent", Check::Mime, Status::Fault, "no whole answer within 2 s", |site| {
        site.get_mut(SCRIPT).unwrap().stalls = true;
    }),
    row("no nosniff", Check::Mime, Status::Warning, "1 file is sent without", |site| {
        remove(site, SCRIPT, "x-content-type-options");
    }),
    row("wasm uncompressed", Check::Compression, Status::Warning, "_bg.wasm", |site| {
        site.get_mut(WASM).unwrap().compressed = false;
    }),
    row("page kept for a day", Check::Caching, Status::Fault, "86400 s", |site| {
        set(site, PAGE, "cache-control", "max-age=86400");
    }),
    row("page without Cache-Control", Check::Caching, Status::Warning, "without Cache-Control", |site| {
        remove(site, PAGE, "cache-control");
    }),
    row("hashed file not kept", Check::Caching, Status::Warning, "not kept", |site| {
        set(site, SCRIPT, "cache-control", "no-cache");
    }),
    row("unhashed file kept", Check::Caching, Status::Fault, "an old file", |site| {
        set(site, STYLES, "cache-control", "max-age=31536000, immutable");
    }),
    row("two addresses", Check::TrailingSlash, Status::Warning, "relative addresses", |site| {
        let page = site[PAGE].clone();
        site.insert("/phone", page);
    }),
    row("slash leads elsewhere", Check::TrailingSlash, Status::Warning, "/other", |site| {
        site.insert("/phone", redirect("/other"));
    }),
];

#[tokio::test]
async fn every_fault_is_found_alone() {
    for Row { name, fault, check, status, message } in ROWS {
        let mut site = healthy();
        fault(&mut site);
        let report = Server::https(site, Certificate::Trusted).await.examine().await;
        check_finding(name, &report, check, status, message);
    }
}

#[tokio::test]
async fn a_healthy_widget_has_no_finding() {
    let report = Server::https(healthy(), Certificate::Trusted).await.examine().await;
    assert_eq!((report.count(Status::Fault), report.count(Status::Warning)), (0, 0), "{report}");
    for check in [Check::Reachable, Check::Https, Check::Certificate, Check::Redirects, Check::TrailingSlash] {
        assert_eq!(report.of(check).unwrap().status, Status::Ok, "{report}");
    }
}

#[tokio::test]
async fn x_frame_options_alone_is_a_fault() {
    let mut site = healthy();
    remove(&mut site, PAGE, CSP);
    set(&mut site, PAGE, "x-frame-options", "SAMEORIGIN");
    let report = Server::https(site, Certificate::Trusted).await.examine().await;
    assert_eq!(report.of(Check::XFrameOptions).unwrap().status, Status::Fault, "{report}");
}

#[tokio::test]
async fn a_file_over_http_is_a_fault() {
    let mut site = healthy();
    replace_in_page(&mut site, "<title>", "<script src=http://127.0.0.2:9/tracker.js></script><title>");
    let report = Server::https(site, Certificate::Trusted).await.examine().await;
    let finding = report.of(Check::MixedContent).unwrap();
    assert_eq!(finding.status, Status::Fault, "{report}");
    assert!(finding.message.contains("http://127.0.0.2:9/tracker.js"), "{report}");
}

#[tokio::test]
async fn a_redirect_to_another_origin_or_over_http_is_a_fault() {
    let https = Server::https(healthy(), Certificate::Trusted).await;
    let http = Server::http(healthy()).await;
    for (target, message) in [(&https.url, "another origin"), (&http.url, "over http")] {
        let mut site = healthy();
        site.insert(PAGE, redirect(target.as_str()));
        let report = Server::https(site, Certificate::Trusted).await.examine().await;
        let finding = report.of(Check::Redirects).unwrap();
        assert_eq!(finding.status, Status::Fault, "{report}");
        assert!(finding.message.contains(message), "{report}");
        assert!(finding.change.as_ref().unwrap().contains(target.as_str()), "{report}");
    }
}

#[tokio::test]
async fn what_cannot_be_reached_has_one_finding() {
    let mut circle = healthy();
    circle.insert(PAGE, redirect(PAGE));
    let mut stalled = healthy();
    stalled.get_mut(PAGE).unwrap().stalls = true;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut closed = Server::http(healthy()).await;
    closed.url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
    drop(listener);
    for (server, message) in [
        (Server::http(circle).await, "more than 20 times"),
        (Server::http(stalled).await, "no whole answer within 2 s"),
        (closed, "refused"),
    ] {
        let report = server.examine().await;
        assert_eq!(report.findings.len(), 1, "{report}");
        check_finding(message, &report, Check::Reachable, Status::Fault, message);
    }
}

#[tokio::test]
async fn http_on_this_machine_is_for_development() {
    let report = Server::http(healthy()).await.examine().await;
    check_finding("http", &report, Check::Https, Status::Warning, "for this machine alone");
    assert_eq!(report.of(Check::Certificate).unwrap().status, Status::Skipped);
}

#[tokio::test]
async fn each_certificate_that_browsers_reject_is_explained() {
    for (certificate, status, message) in [
        (Certificate::SelfSigned, Status::Warning, "self-signed"),
        (Certificate::UnknownIssuer, Status::Fault, "who issued the certificate (CN=Authority of the tests)"),
        (Certificate::OtherName, Status::Fault, "not for localhost"),
        (Certificate::Expired, Status::Fault, "expired on"),
        (Certificate::ExpiresSoon, Status::Warning, "expires in"),
    ] {
        let report = Server::https(healthy(), certificate).await.examine().await;
        check_finding(message, &report, Check::Certificate, status, message);
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    for url in ["ftp://phone.example/", "file:///index.html", "data:text/html,x"] {
        let options = Options { browser: false, timeout: Duration::from_secs(2), ..Options::default() };
        let error = examine(&url.parse().unwrap(), &options).await.unwrap_err();
        assert!(error.to_string().contains("https://"), "{error}");
    }
}

#[tokio::test]
async fn the_json_has_a_fixed_form() {
    let mut site = healthy();
    remove(&mut site, PAGE, CSP);
    let server = Server::https(site, Certificate::Trusted).await;
    let report = server.examine().await;
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["url"], server.url.as_str());
    let finding = json["findings"].as_array().unwrap().iter().find(|it| it["check"] == "frame-ancestors").unwrap();
    assert_eq!(finding["status"], "warning");
    assert!(finding["message"].is_string() && finding["change"].is_string());
    for (finding, json) in report.findings.iter().zip(json["findings"].as_array().unwrap()) {
        assert_eq!(json["check"], finding.check.name());
    }
}
