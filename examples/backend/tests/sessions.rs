//! The log-in, as the widget's provider uses it.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

mod common;

use common::{Backend, PASSWORD, Reply, Server, USER};
use serde_json::json;

/// Nothing is sent to HubSpot here.
const NO_HUBSPOT: &str = "http://127.0.0.1:9";

/// The cookie of an answer, as a browser sends it back.
fn cookie(reply: &Reply) -> String {
    reply.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn renew(server: &Server, cookie: &str) -> Reply {
    server.send(server.request("POST", "/session/renewal").header("cookie", cookie)).await
}

/// 404 with a valid token, as there is no such call.
async fn call(server: &Server, token: &str) -> Reply {
    server.send(server.request("GET", "/calls/call-1").bearer_auth(token)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_gives_a_session_that_is_renewed_and_ends() {
    let backend = Backend::new(NO_HUBSPOT);
    let server = backend.start().await;
    let reply = server.log_in(USER, PASSWORD).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let account: serde_json::Value = serde_json::from_str(include_str!("../account.json")).unwrap();
    assert_eq!((&reply.body["user"], &reply.body["account"]), (&json!(USER), &account));
    let first = reply.body["token"].as_str().unwrap();
    assert_eq!(reply.header("cache-control"), "no-store");

    let renewed = renew(&server, &cookie(&reply)).await;
    assert_eq!((renewed.status.as_u16(), &renewed.body["account"]), (200, &account), "{renewed:?}");
    let second = renewed.body["token"].as_str().unwrap();
    assert_ne!(first, second);
    // Another frame may still use the first one.
    for token in [first, second] {
        call(&server, token).await.assert_error(404, "no such call");
    }

    let ended = server.send(server.request("DELETE", "/session").header("cookie", cookie(&reply))).await;
    assert_eq!(ended.status, 204);
    assert!(ended.header("set-cookie").contains("Max-Age=0"), "{ended:?}");
    renew(&server, &cookie(&reply)).await.assert_error(401, "log in first");
    for token in [first, second] {
        call(&server, token).await.assert_error(401, "log in first");
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_survives_a_restart() {
    let backend = Backend::new(NO_HUBSPOT);
    let server = backend.start().await;
    let reply = server.log_in(USER, PASSWORD).await;
    server.stop().await;
    let server = backend.start().await;
    assert_eq!(call(&server, reply.body["token"].as_str().unwrap()).await.status, 404);
    assert_eq!(renew(&server, &cookie(&reply)).await.status, 200);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_credentials_and_broken_requests_are_refused() {
    let backend = Backend::new(NO_HUBSPOT);
    let server = backend.start().await;
    for (user, password) in [(USER, "another"), (USER, ""), ("nobody", PASSWORD), ("", "")] {
        let reply = server.log_in(user, password).await;
        reply.assert_error(401, "name or the password is wrong");
        assert_eq!(reply.header("set-cookie"), "");
    }
    server.send(server.request("POST", "/session").json(&json!({"user": USER}))).await.assert_error(422, "password");
    server.send(server.request("POST", "/session").body("{}")).await.assert_error(415, "application/json");
    server.send(server.request("POST", "/session/renewal")).await.assert_error(401, "log in first");
    renew(&server, "session=another").await.assert_error(401, "log in first");
    server.send(server.request("PATCH", "/session")).await.assert_error(405, "");
    server.send(server.request("GET", "/nothing")).await.assert_error(404, "");
    server.stop().await;
}

/// The widget is in a frame of another site, and no script may read the cookie.
#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_works_in_a_frame_and_not_for_scripts() {
    let backend = Backend::new(NO_HUBSPOT);
    let server = backend.start().await;
    let reply = server.log_in(USER, PASSWORD).await;
    let attributes: Vec<_> = reply.header("set-cookie").split("; ").skip(1).collect();
    for attribute in ["HttpOnly", "Secure", "SameSite=None", "Partitioned", "Path=/session"] {
        assert!(attributes.contains(&attribute), "{attribute}: {attributes:?}");
    }
    server.stop().await;
}

/// A reader of the file cannot log in.
#[tokio::test(flavor = "multi_thread")]
async fn the_database_contains_no_password_and_no_token() {
    let backend = Backend::new(NO_HUBSPOT);
    let server = backend.start().await;
    let reply = server.log_in(USER, PASSWORD).await;
    server.stop().await;
    let mut bytes = std::fs::read(backend.database()).unwrap();
    bytes.extend(std::fs::read(backend.database().with_extension("sqlite-wal")).unwrap_or_default());
    let contains = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(contains(USER), "the file was read");
    let cookie = cookie(&reply);
    for secret in [PASSWORD, reply.body["token"].as_str().unwrap(), cookie.split_once('=').unwrap().1] {
        assert!(!contains(secret), "{secret}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_the_sessions_of_the_old_one() {
    let backend = Backend::new(NO_HUBSPOT);
    let server = backend.start().await;
    let reply = server.log_in(USER, PASSWORD).await;
    backend.add_user(USER, common::PORTAL, 7, "a new one");
    renew(&server, &cookie(&reply)).await.assert_error(401, "log in first");
    call(&server, reply.body["token"].as_str().unwrap()).await.assert_error(401, "log in first");
    server.log_in(USER, PASSWORD).await.assert_error(401, "name or the password is wrong");
    assert_eq!(server.log_in(USER, "a new one").await.status, 200);
    server.stop().await;
}

/// A widget on another origin may log in with its cookie; other pages may not.
#[tokio::test(flavor = "multi_thread")]
async fn only_the_origin_of_the_widget_may_call_from_another_origin() {
    let mut backend = Backend::new(NO_HUBSPOT);
    backend.settings.widget_origin = Some("https://widget.example.com".into());
    let server = backend.start().await;
    let preflight = |origin: &'static str, method: &'static str| {
        server
            .request("OPTIONS", "/session")
            .header("origin", origin)
            .header("access-control-request-method", method)
            .header("access-control-request-headers", "content-type")
    };
    for method in ["POST", "DELETE"] {
        let allowed = server.send(preflight("https://widget.example.com", method)).await;
        assert_eq!(allowed.status, 200);
        assert_eq!(allowed.header("access-control-allow-origin"), "https://widget.example.com");
        assert_eq!(allowed.header("access-control-allow-credentials"), "true");
        assert!(allowed.header("access-control-allow-methods").contains(method));
        assert_eq!(allowed.header("access-control-allow-headers"), "content-type,authorization");
    }
    let other = server.send(preflight("https://evil.example", "POST")).await;
    assert_eq!(other.header("access-control-allow-origin"), "");
    server.stop().await;
}
