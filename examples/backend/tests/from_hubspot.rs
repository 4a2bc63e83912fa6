//! What HubSpot calls: webhooks, the numbers of the channel connection, links to recordings. And who plays a recording.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

mod common;

use common::{Backend, PORTAL, Reply, Server};
use serde_json::{Value, json};

const NO_HUBSPOT: &str = "http://127.0.0.1:9";
const EVENTS: &str = r#"[
    {"eventId": 1, "subscriptionId": 5, "portalId": 62515, "appId": 101, "occurredAt": 1764000000000,
     "subscriptionType": "contact.creation", "attemptNumber": 0, "objectId": 123},
    {"eventId": 2, "subscriptionId": 5, "portalId": 62515, "appId": 101, "occurredAt": 1764000000001,
     "subscriptionType": "contact.deletion", "attemptNumber": 0, "objectId": 124}
]"#;
/// 1000 bytes, each other than its neighbours.
fn audio() -> Vec<u8> {
    (0..1000_u32).map(|index| (index * 7 % 256) as u8).collect()
}

fn stored_events(backend: &Backend) -> Vec<(i64, String)> {
    let connection = rusqlite::Connection::open(backend.database()).unwrap();
    let query = "SELECT event_id, event ->> 'subscriptionType' FROM events ORDER BY event_id";
    let mut statement = connection.prepare(query).unwrap();
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_stored_once() {
    let backend = Backend::new(NO_HUBSPOT);
    let server = backend.start().await;
    for attempt in ["0", "1"] {
        let again = EVENTS.replace("\"attemptNumber\": 0", &format!("\"attemptNumber\": {attempt}"));
        let reply = server.send_signed("POST", "/webhooks", "/webhooks", &again).await;
        assert_eq!(reply.status, 204, "{reply:?}");
    }
    assert_eq!(stored_events(&backend), [(1, "contact.creation".into()), (2, "contact.deletion".into())]);
    server.stop().await;
}

/// HubSpot signs the decoded URL and calls the encoded one.
#[tokio::test(flavor = "multi_thread")]
async fn an_encoded_url_is_checked_as_hubspot_signs_it() {
    let backend = Backend::new(NO_HUBSPOT);
    let server = backend.start().await;
    let path = "/webhooks?source=app%3A1%2F2&name=a%20b";
    let reply = server.send_signed("POST", path, "/webhooks?source=app:1/2&name=a%20b", EVENTS).await;
    assert_eq!(reply.status, 204, "{reply:?}");
    server.send_signed("POST", path, path, EVENTS).await.assert_error(401, "ignature");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_signed_is_rejected_and_not_stored() {
    let backend = Backend::new(NO_HUBSPOT);
    let server = backend.start().await;
    let link = link_path("call-1", PORTAL, common::APP);
    for (method, path) in [("POST", "/webhooks"), ("POST", "/channel-connection"), ("GET", &link)] {
        let reply = server.send(server.request(method, path).body(EVENTS)).await;
        reply.assert_error(401, "ignature");
        // Signed for another path.
        server.send_signed(method, path, "/other", EVENTS).await.assert_error(401, "ignature");
    }
    let half = r#"[{"eventId": 1, "subscriptionId": 5, "portalId": 62515, "occurredAt": 1}, {}]"#;
    for body in ["", "{}", "[{}]", half] {
        server.send_signed("POST", "/webhooks", "/webhooks", body).await.assert_error(400, "documents");
    }
    let long = " ".repeat(3 << 20);
    server.send_signed("POST", "/webhooks", "/webhooks", &long).await.assert_error(413, "limit");
    assert_eq!(stored_events(&backend), []);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_numbers_of_a_user_are_listed_for_the_help_desk() {
    let backend = Backend::new(NO_HUBSPOT);
    let server = backend.start().await;
    let ask = async |body: Value| {
        server.send_signed("POST", "/channel-connection", "/channel-connection", &body.to_string()).await
    };
    let reply = ask(json!({"appId": 101, "portalId": PORTAL, "userId": 7})).await;
    assert_eq!(
        reply.body,
        json!({"phoneNumbers": [
            {"e164PhoneNumber": "+16175550199", "friendlyName": "Sales"},
            {"e164PhoneNumber": "+442073238299", "friendlyName": "Support"},
        ]})
    );
    for (portal, user) in [(PORTAL, 8), (PORTAL + 1, 7)] {
        let reply = ask(json!({"appId": 101, "portalId": portal, "userId": user})).await;
        assert_eq!(reply.body, json!({"phoneNumbers": []}));
    }
    ask(json!({"portalId": PORTAL})).await.assert_error(400, "userId");
    server.stop().await;
}

/// A back end with the recording of call-1.
fn with_recording() -> Backend {
    let backend = Backend::new(NO_HUBSPOT);
    let folder = backend.settings.recordings.join(PORTAL.to_string());
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("call-1.wav"), audio()).unwrap();
    backend
}

fn link_path(id: &str, portal: u64, app: u64) -> String {
    format!("/recordings/{id}/link?appId={app}&externalAccountId={portal}")
}

async fn ask_for_link(server: &Server, path: &str) -> Reply {
    server.send_signed("GET", path, path, "").await
}

/// The path and query of a link.
async fn audio_path(server: &Server) -> String {
    let reply = ask_for_link(server, &link_path("call-1", PORTAL, common::APP)).await;
    let url = reply.body["authenticatedUrl"].as_str().unwrap();
    url.strip_prefix(common::PUBLIC_URL).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_is_served_whole_and_in_ranges() {
    let backend = with_recording();
    let server = backend.start().await;
    let path = audio_path(&server).await;
    let whole = server.send(server.request("GET", &path)).await;
    assert_eq!((whole.status.as_u16(), &whole.bytes), (200, &audio()));
    assert_eq!((whole.header("content-type"), whole.header("accept-ranges")), ("application/octet-stream", "bytes"));

    for (range, content_range, part) in [
        ("bytes=0-9", "bytes 0-9/1000", 0..10),
        ("bytes=990-", "bytes 990-999/1000", 990..1000),
        ("bytes=-10", "bytes 990-999/1000", 990..1000),
        ("bytes=500-1999", "bytes 500-999/1000", 500..1000),
        ("bytes=0-", "bytes 0-999/1000", 0..1000),
    ] {
        let reply = server.send(server.request("GET", &path).header("range", range)).await;
        assert_eq!(reply.status, 206, "{range}");
        assert_eq!(reply.header("content-range"), content_range, "{range}");
        assert_eq!(reply.bytes, audio()[part], "{range}");
    }
    for range in ["bytes=1000-", "bytes=10-5", "bytes=x-"] {
        let reply = server.send(server.request("GET", &path).header("range", range)).await;
        assert_eq!(reply.status, 416, "{range}");
        assert_eq!(reply.header("content-range"), "bytes */1000", "{range}");
    }
    let head = server.send(server.request("HEAD", &path)).await;
    assert_eq!((head.status.as_u16(), head.header("content-length"), head.bytes.len()), (200, "1000", 0));
    let head = server.send(server.request("HEAD", &path).header("range", "bytes=0-9")).await;
    assert_eq!((head.status.as_u16(), head.header("content-length"), head.bytes.len()), (206, "10", 0));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_for_one_recording_and_one_time() {
    let backend = with_recording();
    let server = backend.start().await;
    let path = audio_path(&server).await;
    for changed in [format!("{path}x"), path.replace("audio/", "audio/x"), "/recordings/audio/x".into()] {
        server.send(server.request("GET", &changed)).await.assert_error(404, "expired");
    }
    // It is still valid after a restart, and then its time is over.
    server.stop().await;
    let server = backend.start().await;
    assert_eq!(server.send(server.request("GET", &path)).await.bytes, audio());
    let connection = rusqlite::Connection::open(backend.database()).unwrap();
    assert_eq!(connection.execute("UPDATE tokens SET expires_at = 1764000000000", []).unwrap(), 1);
    server.send(server.request("GET", &path)).await.assert_error(404, "expired");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_recordings_have_links() {
    let backend = with_recording();
    std::fs::write(backend.folder.path().join("secret.wav"), "secret").unwrap();
    let server = backend.start().await;
    for path in [link_path("call-2", PORTAL, common::APP), link_path("call-1", PORTAL + 1, common::APP)] {
        ask_for_link(&server, &path).await.assert_error(404, "no such");
    }
    let outside = link_path("..%2F..%2Fsecret", PORTAL, common::APP);
    let signed = outside.replace("%2F", "/");
    server.send_signed("GET", &outside, &signed, "").await.assert_error(404, "no such");
    server.stop().await;
}
