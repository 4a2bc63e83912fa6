//! Calls on their way to HubSpot: each is created once, whatever happens on the way.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

mod common;

use common::{Backend, Behavior, FakeHubSpot, PASSWORD, PORTAL, USER, until};
use serde_json::{Value, json};
use std::time::Instant;

fn report() -> Value {
    json!({
        "properties": {"hs_timestamp": "1764000000000", "hs_call_status": "RINGING", "hs_call_title": "Call with Zoë"},
        "associations": [{"to": {"id": "123"}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}]}],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_created_with_what_recordings_need_and_updated() {
    let hubspot = FakeHubSpot::start().await;
    let backend = Backend::new(&hubspot.url);
    let server = backend.start().await;
    let token = server.token().await;
    let reply = server.put_call(&token, "call-1", report()).await;
    assert_eq!(reply.status, 202, "{reply:?}");
    let status = server.until_progress(&token, "call-1", "delivered").await;
    assert_eq!(status, json!({"externalId": "call-1", "progress": "delivered", "engagementId": "9001", "error": null}));
    let created = json!({
        "properties": {
            "hs_timestamp": "1764000000000", "hs_call_status": "RINGING", "hs_call_title": "Call with Zoë",
            "hs_call_external_id": "call-1", "hs_call_external_account_id": "62515", "hs_call_app_id": "101",
            "hs_call_source": "INTEGRATIONS_PLATFORM",
        },
        "associations": [{"to": {"id": "123"}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}]}],
    });
    assert_eq!(hubspot.calls(), [created]);

    let ended = json!({"properties": {"hs_call_status": "COMPLETED", "hs_call_duration": "61000"}});
    server.put_call(&token, "call-1", ended.clone()).await;
    server.until_progress(&token, "call-1", "delivered").await;
    assert_eq!(hubspot.updates().len(), 1);
    assert_eq!(hubspot.updates()[0]["properties"]["hs_call_status"], "COMPLETED");
    assert_eq!(hubspot.updates()[0]["properties"]["hs_call_title"], "Call with Zoë");

    // The same report again changes nothing.
    let reply = server.put_call(&token, "call-1", ended).await;
    assert_eq!(reply.body["progress"], "delivered", "{reply:?}");
    server.put_call(&token, "call-1", report()).await;
    server.until_progress(&token, "call-1", "delivered").await;
    assert_eq!((hubspot.creates(), hubspot.updates().len(), hubspot.searches()), (1, 2, 0));
    assert!(hubspot.authorization().iter().all(|header| header == "Bearer access-token"));
    server.stop().await;
}

/// What is reported while a request is in progress follows it.
#[tokio::test(flavor = "multi_thread")]
async fn a_report_during_a_request_is_sent_next() {
    let hubspot = FakeHubSpot::start().await;
    let backend = Backend::new(&hubspot.url);
    let server = backend.start().await;
    let token = server.token().await;
    hubspot.next(&[Behavior::Held]);
    server.put_call(&token, "call-1", report()).await;
    until("the request at HubSpot", async || match hubspot.creates() {
        1 => Ok(()),
        count => Err(format!("{count} requests")),
    })
    .await;
    server.put_call(&token, "call-1", json!({"properties": {"hs_call_status": "COMPLETED"}})).await;
    hubspot.release();
    server.until_progress(&token, "call-1", "delivered").await;
    assert_eq!((hubspot.creates(), hubspot.updates().len()), (1, 1));
    assert_eq!(hubspot.calls()[0]["properties"]["hs_call_status"], "COMPLETED");
    server.stop().await;
}

/// After each of these HubSpot has the call, and the server cannot know it.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_leads_to_no_second_call() {
    for behavior in [Behavior::DoneWithoutAnswer, Behavior::DoneWithFault, Behavior::DoneWithNonsense] {
        let hubspot = FakeHubSpot::start().await;
        let backend = Backend::new(&hubspot.url);
        let server = backend.start().await;
        let token = server.token().await;
        hubspot.next(&[behavior]);
        // HubSpot's search finds a new call after a while only.
        hubspot.find_nothing(2);
        server.put_call(&token, "call-1", report()).await;
        let status = server.until_progress(&token, "call-1", "delivered").await;
        assert_eq!(status["engagementId"], "9001", "{behavior:?}: {status}");
        assert_eq!((hubspot.creates(), hubspot.calls().len(), hubspot.searches()), (1, 1, 3), "{behavior:?}");
        server.stop().await;
    }
}

/// The server stops without notice while its request is on its way. The next one finds the call, and sends what was reported since.
#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_between_sends_no_second_create() {
    let hubspot = FakeHubSpot::start().await;
    let backend = Backend::new(&hubspot.url);
    hubspot.next(&[Behavior::DoneWithoutAnswer]);
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut killed = tokio::process::Command::new(env!("CARGO_BIN_EXE_backend"))
        .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--app-id", "101", "--hubspot-api", &hubspot.url])
        .env("BACKEND_DATABASE", backend.database())
        .envs(["HUBSPOT_CLIENT_SECRET", "HUBSPOT_ACCESS_TOKEN"].map(|name| (name, "access-token")))
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let client = reqwest::Client::new();
    let url = format!("http://127.0.0.1:{port}");
    let log_in = json!({"user": USER, "password": PASSWORD});
    let session: Value = until("the server", async || {
        let reply = client.post(format!("{url}/session")).json(&log_in).send().await;
        reply.map_err(|error| error.to_string())?.json().await.map_err(|error| error.to_string())
    })
    .await;
    let token = session["token"].as_str().unwrap();
    let put = client.put(format!("{url}/calls/call-1")).bearer_auth(token).json(&report()).send().await.unwrap();
    assert_eq!(put.status(), 202);
    until("the request at HubSpot", async || match hubspot.creates() {
        1 => Ok(()),
        count => Err(format!("{count} requests")),
    })
    .await;
    let more = json!({"properties": {"hs_call_status": "COMPLETED"}});
    client.put(format!("{url}/calls/call-1")).bearer_auth(token).json(&more).send().await.unwrap();
    killed.kill().await.unwrap();

    let server = backend.start().await;
    // The token is still valid: it is in the database.
    let status = server.until_progress(token, "call-1", "delivered").await;
    assert_eq!(status["engagementId"], "9001", "{status}");
    assert_eq!((hubspot.creates(), hubspot.calls().len()), (1, 1));
    assert_eq!(hubspot.calls()[0]["properties"]["hs_call_status"], "COMPLETED");
    server.stop().await;
}

/// A call that HubSpot does not find for long enough was not created.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_was_not_created_is_created_again() {
    let hubspot = FakeHubSpot::start().await;
    let backend = Backend::new(&hubspot.url);
    let server = backend.start().await;
    let token = server.token().await;
    hubspot.next(&[Behavior::Refused(503), Behavior::Refused(500)]);
    server.put_call(&token, "call-1", report()).await;
    let status = server.until_progress(&token, "call-1", "delivered").await;
    assert_eq!(status["error"], Value::Null, "{status}");
    assert_eq!((hubspot.creates(), hubspot.calls().len()), (3, 1));
    assert!(hubspot.searches() >= 2, "it is looked for before it is created again");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_requests_are_repeated_after_the_wait_that_hubspot_asks_for() {
    let hubspot = FakeHubSpot::start().await;
    let backend = Backend::new(&hubspot.url);
    let server = backend.start().await;
    let token = server.token().await;
    hubspot.next(&[Behavior::TooMany]);
    let start = Instant::now();
    server.put_call(&token, "call-1", report()).await;
    server.until_progress(&token, "call-1", "delivered").await;
    assert!(start.elapsed().as_millis() >= 1000, "after {} ms", start.elapsed().as_millis());
    assert_eq!((hubspot.creates(), hubspot.calls().len(), hubspot.searches()), (2, 1, 0));
    server.stop().await;
}

/// Without a connection and with a token that is not accepted nothing was done: the request is repeated as it is.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_or_a_connection_that_comes_back_is_used() {
    let hubspot = FakeHubSpot::start().await;
    let backend = Backend::new(&hubspot.url);
    let server = backend.start().await;
    let token = server.token().await;
    hubspot.next(&[Behavior::Refused(401), Behavior::Refused(403), Behavior::Refused(401)]);
    server.put_call(&token, "call-1", report()).await;
    server.until_progress(&token, "call-1", "delivered").await;
    assert_eq!((hubspot.creates(), hubspot.calls().len(), hubspot.searches()), (4, 1, 0));
    server.stop().await;

    let mut unreachable = Backend::new("http://127.0.0.1:9");
    let server = unreachable.start().await;
    let token = server.token().await;
    server.put_call(&token, "call-2", report()).await;
    let error = until("an error", async || {
        let status = server.until_progress(&token, "call-2", "pending").await;
        status["error"].as_str().map(str::to_owned).ok_or_else(|| status.to_string())
    })
    .await;
    assert!(error.starts_with("not done yet") && error.contains("refused"), "the cause is named: {error}");
    server.stop().await;
    unreachable.settings.hubspot_api = hubspot.url.clone();
    let server = unreachable.start().await;
    server.until_progress(&token, "call-2", "delivered").await;
    assert_eq!((hubspot.creates(), hubspot.searches()), (5, 0));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hubspot_refuses_is_not_repeated_until_the_next_report() {
    let hubspot = FakeHubSpot::start().await;
    let backend = Backend::new(&hubspot.url);
    let server = backend.start().await;
    let token = server.token().await;
    hubspot.next(&[Behavior::Refused(400)]);
    server.put_call(&token, "call-1", report()).await;
    let status = server.until_progress(&token, "call-1", "refused").await;
    assert_eq!(status["error"], "HubSpot refused it: 400 Bad Request: as the test wants");
    // It does not block a later call.
    server.put_call(&token, "call-2", report()).await;
    server.until_progress(&token, "call-2", "delivered").await;
    assert_eq!(hubspot.creates(), 2);
    server.put_call(&token, "call-1", report()).await;
    let status = server.until_progress(&token, "call-1", "delivered").await;
    assert_eq!(status["error"], Value::Null);
    // An update that is refused leaves the id as it is.
    hubspot.next(&[Behavior::Refused(404)]);
    server.put_call(&token, "call-1", json!({"properties": {"hs_call_status": "COMPLETED"}})).await;
    let status = server.until_progress(&token, "call-1", "refused").await;
    assert_eq!(status["engagementId"], "9002", "{status}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_cannot_be_used_is_explained() {
    let backend = Backend::new("http://127.0.0.1:9");
    let server = backend.start().await;
    let token = server.token().await;
    for (id, report, status, part) in [
        ("call-1", json!({"properties": {"hs_call_status": "RINGING"}}), 400, "hs_timestamp"),
        ("call-1", json!({"property": {}}), 422, "property"),
        ("call%2F..%2F1", report(), 400, "letters, digits"),
        (&"x".repeat(129), report(), 400, "letters, digits"),
    ] {
        server.put_call(&token, id, report).await.assert_error(status, part);
    }
    server.put_call("another token", "call-1", report()).await.assert_error(401, "log in first");
    server.send(server.request("GET", "/calls/call-1").bearer_auth(&token)).await.assert_error(404, "no such");
    // Last, as the server closes the connection without reading the rest.
    let long = json!({"properties": {"hs_timestamp": "1", "hs_call_body": "x".repeat(3 << 20)}});
    server.put_call(&token, "call-1", long).await.assert_error(413, "limit");
    server.stop().await;
}

/// The widget has created the call through the SDK; the back end adds to it.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_of_the_sdk_is_updated_and_not_created() {
    let hubspot = FakeHubSpot::start().await;
    let backend = Backend::new(&hubspot.url);
    let server = backend.start().await;
    let token = server.token().await;
    server.put_call(&token, "by-sdk", report()).await;
    server.until_progress(&token, "by-sdk", "delivered").await;
    let update = json!({"engagementId": 9001, "properties": {"hs_call_duration": "61000"}});
    let reply = server.put_call(&token, "call-1", update.clone()).await;
    assert_eq!((reply.status.as_u16(), &reply.body["engagementId"]), (202, &json!("9001")), "{reply:?}");
    server.until_progress(&token, "call-1", "delivered").await;
    assert_eq!(hubspot.updates(), [json!({"properties": {"hs_call_duration": "61000"}})]);
    assert_eq!((hubspot.creates(), hubspot.searches()), (1, 0));
    // The same again changes nothing; another id is refused.
    assert_eq!(server.put_call(&token, "call-1", update).await.body["progress"], "delivered");
    let other = json!({"engagementId": 9002, "properties": {"hs_call_duration": "1"}});
    server.put_call(&token, "call-1", other).await.assert_error(400, "another engagement");
    assert_eq!(hubspot.updates().len(), 1);
    // The id is kept when the first report has nothing else.
    server.put_call(&token, "call-2", json!({"engagementId": 9001, "properties": {}})).await;
    server.put_call(&token, "call-2", json!({"properties": {"hs_timestamp": "1"}})).await;
    server.until_progress(&token, "call-2", "delivered").await;
    assert_eq!((hubspot.creates(), hubspot.updates().len()), (1, 2));
    server.stop().await;
}

/// The account is part of the key.
#[tokio::test(flavor = "multi_thread")]
async fn calls_of_another_account_are_other_calls() {
    let hubspot = FakeHubSpot::start().await;
    let backend = Backend::new(&hubspot.url);
    backend.add_user("bob", PORTAL + 1, 7, "another");
    let server = backend.start().await;
    let ann = server.token().await;
    let bob = server.log_in("bob", "another").await.body["token"].as_str().unwrap().to_owned();
    server.put_call(&ann, "call-1", report()).await;
    server.send(server.request("GET", "/calls/call-1").bearer_auth(&bob)).await.assert_error(404, "no such");
    server.put_call(&bob, "call-1", report()).await;
    let status = server.until_progress(&bob, "call-1", "delivered").await;
    assert_eq!(status["engagementId"], "9002");
    assert_eq!(server.until_progress(&ann, "call-1", "delivered").await["engagementId"], "9001");
    server.stop().await;
}
