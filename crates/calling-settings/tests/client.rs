//! The client against a server that plays HubSpot's API.
#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod api;

use api::{ACCESS_TOKEN, APP_ID, Api, DEVELOPER_KEY, Fault, rate_limit, refused};
use calling_settings::{
    AppId, CallingPatch, ChannelConnectionPatch, Client, ClientBuilder, Credentials, Error, Invalid, NewCalling,
    NewChannelConnection, NewRecording, RetryPolicy, Saved, Secret,
};
use serde_json::json;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

fn key() -> Credentials {
    Credentials::DeveloperKey(Secret::new(DEVELOPER_KEY).unwrap())
}

fn builder(api: &Api) -> ClientBuilder {
    Client::builder(AppId::new(APP_ID), key())
        .base_url(&api.url)
        .retry(RetryPolicy::default().first_wait(Duration::from_millis(1)))
}

fn client(api: &Api) -> Client {
    builder(api).build().unwrap()
}

fn new_calling() -> NewCalling {
    NewCalling {
        supports_inbound_calling: true,
        ..NewCalling::new("Acme Phone", "https://phone.example.com/", (400, 650))
    }
}

fn stored_calling() -> serde_json::Value {
    json!({"name": "Acme Phone", "url": "https://phone.example.com/", "width": 400, "height": 650, "isReady": false})
}

/// Neither the key nor the app id is in any form of the error.
#[track_caller]
fn assert_hidden(error: &Error) {
    let mut texts = vec![error.to_string(), format!("{error:?}")];
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        texts.extend([error.to_string(), format!("{error:?}")]);
        source = error.source();
    }
    for text in texts {
        for secret in [DEVELOPER_KEY, ACCESS_TOKEN, &APP_ID.to_string()] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

/// The error of reading the settings once, after the server fails this way.
async fn error_of(fault: Fault) -> Error {
    let api = Api::start();
    api.store("", stored_calling()).fail([fault]);
    let client = builder(&api).retry(RetryPolicy::never()).build().unwrap();
    let error = client.calling().get().await.unwrap_err();
    assert_hidden(&error);
    assert_eq!(api.methods(), ["GET"], "it is sent once");
    error
}

#[tokio::test]
async fn calling_settings_are_created_read_changed_and_deleted() {
    let api = Api::start();
    let client = client(&api);
    let created = client.calling().create(&new_calling()).await.unwrap();
    assert_eq!((created.name.as_str(), created.is_ready), ("Acme Phone", false));
    assert!(created.supports_inbound_calling && created.times.created_at.is_some());
    let patch = CallingPatch { is_ready: Some(true), ..CallingPatch::default() };
    assert!(client.calling().update(&patch).await.unwrap().is_ready);
    let read = client.calling().get().await.unwrap();
    assert_eq!((read.is_ready, read.width, read.height), (true, Some(400), Some(650)));
    client.calling().delete().await.unwrap();
    assert!(matches!(client.calling().get().await, Err(Error::NotFound { kind: "calling settings", .. })));
    let seen = api.seen();
    assert_eq!(api.methods(), ["POST", "PATCH", "GET", "DELETE", "GET"]);
    assert_eq!(seen[1].body, Some(json!({"isReady": true})), "a change sends only its own fields");
    for seen in seen {
        assert_eq!(seen.query, Some(format!("hapikey={DEVELOPER_KEY}")));
        assert_eq!(seen.authorization, None);
    }
}

#[tokio::test]
async fn recording_and_channel_connection_settings_are_beside_them() {
    let api = Api::start();
    let client = client(&api);
    let recording = |url: &str| NewRecording { url_to_retrieve_authed_recording: url.into() };
    client.recording().create(&recording("https://a.example.com/%s")).await.unwrap();
    let updated = client.recording().update(&recording("https://b.example.com/%s")).await.unwrap();
    assert_eq!(updated, client.recording().get().await.unwrap());
    assert_eq!(updated.url_to_retrieve_authed_recording, "https://b.example.com/%s");
    let numbers = NewChannelConnection { url: "https://a.example.com/numbers".into(), is_ready: false };
    client.channel_connection().create(&numbers).await.unwrap();
    let patch = ChannelConnectionPatch { is_ready: Some(true), ..ChannelConnectionPatch::default() };
    client.channel_connection().update(&patch).await.unwrap();
    let read = client.channel_connection().get().await.unwrap();
    assert_eq!((read.url.as_str(), read.is_ready), ("https://a.example.com/numbers", true));
    client.channel_connection().delete().await.unwrap();
    assert!(api.stored("/channel-connection").is_none());
    assert!(api.stored("/recording").is_some());
}

#[tokio::test]
async fn an_access_token_is_sent_as_a_bearer_token_and_not_in_the_url() {
    let api = Api::start();
    api.store("", stored_calling());
    let token = Credentials::AccessToken(Secret::new(ACCESS_TOKEN).unwrap());
    let client = Client::builder(AppId::new(APP_ID), token).base_url(&api.url).build().unwrap();
    client.calling().get().await.unwrap();
    let seen = &api.seen()[0];
    assert_eq!((seen.query.as_deref(), seen.authorization.clone()), (None, Some(format!("Bearer {ACCESS_TOKEN}"))));
}

#[tokio::test]
async fn a_base_url_may_have_a_path_and_must_be_encrypted() {
    let api = Api::start();
    let client = builder(&api).base_url(format!("{}/proxy/", api.url)).build().unwrap();
    assert!(matches!(client.calling().get().await, Err(Error::NotFound { .. })));
    assert_eq!(api.seen()[0].path, format!("/proxy/crm/v3/extensions/calling/{APP_ID}/settings"));
    for base in ["http://api.example.com", "api.example.com", "https://api.example.com/?a=b", ""] {
        let error = builder(&api).base_url(base).build().unwrap_err();
        assert!(matches!(error, Error::Invalid(Invalid::BaseUrl)), "{base}");
    }
}

#[tokio::test]
async fn an_update_of_nothing_is_not_found_and_nothing_else_is_sent() {
    let api = Api::start();
    let patch = CallingPatch { width: Some(500), ..CallingPatch::default() };
    let error = client(&api).calling().update(&patch).await.unwrap_err();
    assert!(matches!(error, Error::NotFound { .. }), "{error}");
    assert!(error.to_string().contains("Create them first"), "{error}");
    assert_hidden(&error);
    assert_eq!((api.methods(), api.stored("")), (vec!["PATCH".to_owned()], None));
}

#[tokio::test]
async fn values_that_hubspot_cannot_use_are_not_sent() {
    let api = Api::start();
    let client = client(&api);
    let patch = CallingPatch { url: Some("http://phone.example.com".into()), ..CallingPatch::default() };
    assert!(matches!(client.calling().update(&patch).await, Err(Error::Invalid(Invalid::Url(_)))));
    let nothing = client.calling().update(&CallingPatch::default()).await;
    assert!(matches!(nothing, Err(Error::Invalid(Invalid::NothingToChange))));
    assert!(api.seen().is_empty());
}

#[tokio::test]
async fn create_or_update_changes_existing_settings_by_the_patch_alone() {
    let api = Api::start();
    let client = client(&api);
    let patch = CallingPatch { width: Some(500), ..CallingPatch::default() };
    let first = client.calling().create_or_update(&new_calling(), &patch).await.unwrap();
    assert!(matches!(first, Saved::Created(settings) if settings.width == Some(400)));
    let second = client.calling().create_or_update(&new_calling(), &patch).await.unwrap();
    assert!(matches!(second, Saved::Updated(settings) if settings.width == Some(500)));
    assert_eq!(api.methods(), ["GET", "POST", "GET", "PATCH"]);
    assert_eq!(api.seen()[3].body, Some(json!({"width": 500})));
}

#[tokio::test]
async fn create_or_update_changes_settings_that_appear_meanwhile() {
    let api = Api::start();
    api.store("", stored_calling()).fail([refused(404, "OBJECT_NOT_FOUND", "not yet")]);
    let patch = CallingPatch { width: Some(500), ..CallingPatch::default() };
    let saved = client(&api).calling().create_or_update(&new_calling(), &patch).await.unwrap();
    assert!(matches!(saved, Saved::Updated(settings) if settings.width == Some(500)));
    assert_eq!(api.methods(), ["GET", "POST", "PATCH"]);
}

#[tokio::test]
async fn each_refusal_says_what_to_do() {
    let error =
        error_of(refused(401, "INVALID_AUTHENTICATION", "The key dev-key-5f3a of app 8675309 is invalid.")).await;
    assert!(
        matches!(&error, Error::Unauthorized(answer) if answer.message == "The key [hidden] of app [hidden] is invalid.")
    );
    assert!(error.to_string().contains("get a new one"), "{error}");

    let body = json!({
        "status": "error", "message": "This app hasn't been granted all required scopes.", "category": "MISSING_SCOPES",
        "correlationId": "c-1", "errors": [{"message": "One or more of the following scopes are required.",
        "context": {"requiredGranularScopes": ["developers-write"]}}],
    });
    let error = error_of(Fault::Answer(403, Vec::new(), body.to_string())).await;
    assert!(error.to_string().contains("lacks a scope (developers-write)"), "{error}");
    let error = error_of(refused(403, "FORBIDDEN", "No.")).await;
    assert!(error.to_string().contains("developers-read and developers-write"), "{error}");

    let error = error_of(refused(409, "CONFLICT", "Exists.")).await;
    assert!(error.to_string().contains("Update them instead"), "{error}");
    let error = error_of(refused(400, "VALIDATION_ERROR", "width is odd")).await;
    assert!(matches!(&error, Error::Rejected(answer) if answer.message == "width is odd"));
    assert!(error.to_string().contains("correlation id c033cdaa-2c40"), "{error}");
    let error = error_of(Fault::Answer(502, Vec::new(), "<html>bad gateway</html>".into())).await;
    assert!(matches!(&error, Error::Server(answer) if answer.message.contains("bad gateway")));
}

#[tokio::test]
async fn a_rate_limit_ends_at_once_when_its_wait_is_too_long() {
    let error = error_of(rate_limit("TEN_SECONDLY_ROLLING", None)).await;
    assert!(matches!(&error, Error::RateLimited { wait: Some(wait), .. } if wait.as_secs() == 10));
    assert!(error.to_string().contains("wait 10 s"), "{error}");

    let api = Api::start();
    api.store("", stored_calling()).fail([rate_limit("SECONDLY", Some("3600"))]);
    let error = client(&api).calling().get().await.unwrap_err();
    assert!(error.to_string().contains("wait 3600 s"), "{error}");
    api.fail([rate_limit("DAILY", None)]);
    let error = client(&api).calling().get().await.unwrap_err();
    assert!(error.to_string().contains("midnight"), "{error}");
    assert_eq!(api.seen().len(), 2, "neither was repeated");
}

#[tokio::test]
async fn temporary_failures_are_repeated_and_reported() {
    let api = Api::start();
    let unavailable = || Fault::Answer(503, Vec::new(), "unavailable".into());
    api.store("", stored_calling()).fail([rate_limit("SECONDLY", Some("0")), unavailable(), Fault::Cut]);
    let reports = Arc::new(Mutex::new(Vec::new()));
    let to = reports.clone();
    let client = builder(&api)
        .on_retry(move |retry| to.lock().unwrap().push((retry.error.to_string(), retry.wait)))
        .build()
        .unwrap();
    assert_eq!(client.calling().get().await.unwrap().name, "Acme Phone");
    let reports = reports.lock().unwrap();
    assert_eq!(reports.len(), 3, "{reports:?}");
    assert!(reports[0].0.contains("rate limit") && reports[0].1 == Duration::ZERO, "{reports:?}");
    assert!(reports[1].0.contains("503") && reports[1].1 >= Duration::from_millis(1), "{reports:?}");
    assert!(reports[2].0.contains("connection ended"), "{reports:?}");
    assert_eq!(api.seen().len(), 4);
}

#[tokio::test]
async fn the_wait_that_hubspot_asks_for_is_kept() {
    let api = Api::start();
    api.store("", stored_calling()).fail([rate_limit("SECONDLY", Some("1"))]);
    let start = std::time::Instant::now();
    client(&api).calling().get().await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test]
async fn the_attempts_are_limited() {
    let api = Api::start();
    api.fail(vec![Fault::Answer(500, Vec::new(), String::new()); 9]);
    let error = client(&api).calling().get().await.unwrap_err();
    assert!(matches!(&error, Error::Server(answer) if answer.status == 500));
    assert_eq!(api.seen().len(), 4, "once, and three repetitions");
}

#[tokio::test]
async fn a_refusal_is_not_repeated() {
    let api = Api::start();
    api.fail([refused(400, "VALIDATION_ERROR", "no")]);
    assert!(client(&api).calling().create(&new_calling()).await.is_err());
    assert_eq!(api.seen().len(), 1);
}

#[tokio::test]
async fn a_lost_answer_does_not_make_the_same_change_fail() {
    let api = Api::start();
    let client = client(&api);
    api.fail([Fault::None, Fault::Cut]);
    let patch = CallingPatch { width: Some(500), ..CallingPatch::default() };
    let saved = client.calling().create_or_update(&new_calling(), &patch).await.unwrap();
    assert!(matches!(saved, Saved::Updated(_)), "the first attempt had created them");
    api.fail([Fault::Cut]);
    client.calling().delete().await.unwrap();
    assert_eq!(api.methods(), ["GET", "POST", "POST", "PATCH", "DELETE", "DELETE"]);
    assert!(matches!(client.calling().delete().await, Err(Error::NotFound { .. })), "nothing was lost this time");
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_a_time_out_and_can_be_run_again() {
    let api = Api::start();
    api.store("", stored_calling()).fail([Fault::Hang]);
    let client = builder(&api).timeout(Duration::from_millis(200)).build().unwrap();
    let patch = CallingPatch { width: Some(500), ..CallingPatch::default() };
    let error = client.calling().update(&patch).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    assert!(error.to_string().contains("running the command again is safe"), "{error}");
    assert_hidden(&error);
    assert_eq!(api.seen().len(), 1, "a time-out is not repeated");
    assert_eq!(api.stored("").unwrap()["width"], 500, "it had its effect");
    assert_eq!(client.calling().update(&patch).await.unwrap().width, Some(500));
}

#[tokio::test]
async fn a_cut_connection_and_one_that_cannot_be_made_have_errors_of_their_own() {
    let error = error_of(Fault::Cut).await;
    assert!(matches!(error, Error::Interrupted(_)), "{error}");

    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let client = Client::builder(AppId::new(APP_ID), key()).base_url(format!("http://127.0.0.1:{port}"));
    let error = client.retry(RetryPolicy::never()).build().unwrap().calling().get().await.unwrap_err();
    assert!(matches!(&error, Error::Connect { host, .. } if *host == format!("127.0.0.1:{port}")), "{error}");
    assert_hidden(&error);
}

#[tokio::test]
async fn a_successful_answer_that_is_no_json_is_shown() {
    let error = error_of(Fault::Garbled(200, "<html>Welcome, app 8675309 dev-key-5f3a</html>")).await;
    assert!(matches!(&error, Error::NotJson { status: 200, excerpt } if excerpt.contains("<html>Welcome")), "{error}");
    let error = error_of(Fault::Answer(400, Vec::new(), "<html>no</html>".into())).await;
    assert!(error.to_string().contains("<html>no</html>"), "{error}");
    let endless = "x".repeat((1 << 20) + 1);
    assert!(matches!(error_of(Fault::Answer(200, Vec::new(), endless)).await, Error::TooLong));
}

#[tokio::test]
async fn a_redirect_is_not_followed_so_that_the_key_stays() {
    for status in [301, 302, 303, 307, 308] {
        let (api, other) = (Api::start(), Api::start());
        // With the key in its address, as a server that copies the query would write it.
        let target = format!("{}/crm/v3/extensions/calling/{APP_ID}/settings?hapikey={DEVELOPER_KEY}", other.url);
        api.fail([Fault::Answer(status, vec![("location", target)], String::new())]);
        let error = client(&api).calling().create(&new_calling()).await.unwrap_err();
        let expected = other.url.trim_start_matches("http://");
        assert!(matches!(&error, Error::Redirect { host, .. } if host == expected), "{error}");
        assert!(error.to_string().contains(expected), "{error}");
        assert_hidden(&error);
        assert!(other.seen().is_empty(), "the other host saw {:?}", other.seen());
        assert_eq!(api.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_client_can_be_used_in_tasks_of_a_server() {
    let api = Api::start();
    api.store("", stored_calling());
    let client = client(&api);
    let tasks = [client.clone(), client].map(|client| tokio::spawn(async move { client.calling().get().await }));
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap().name, "Acme Phone");
    }
}

#[test]
fn a_client_does_not_print_its_key() {
    let printed = format!("{:?}", client(&Api::start()));
    assert!(printed.contains("127.0.0.1"), "{printed}");
    assert!(!printed.contains(DEVELOPER_KEY) && !printed.contains(&APP_ID.to_string()), "{printed}");
}
