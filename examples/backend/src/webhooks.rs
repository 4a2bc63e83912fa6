//! What HubSpot reports and asks, in signed requests.

use crate::signature::Signed;
use crate::store::AsJson;
use crate::{App, Error};
use axum::{Json, extract::State, http::StatusCode};
use call_model::Account;
use rusqlite::params;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The three fields identify an event. `attemptNumber` is not part of it: HubSpot may send an event again.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    subscription_id: i64,
    event_id: i64,
    occurred_at: i64,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// `POST /webhooks`: at most 100 events. Each is stored once, before HubSpot gets its answer; what an app does with them can take its
/// time afterwards.
pub async fn receive(State(app): State<App>, Signed(body): Signed) -> Result<StatusCode, Error> {
    let events: Vec<Event> = serde_json::from_slice(&body).map_err(invalid)?;
    app.store.run(|connection| {
        let transaction = connection.transaction()?;
        for Event { subscription_id, event_id, occurred_at, rest } in events {
            let values = params![subscription_id, event_id, occurred_at, AsJson(rest)];
            transaction.execute("INSERT OR IGNORE INTO events VALUES (?1, ?2, ?3, ?4)", values)?;
        }
        Ok(transaction.commit()?)
    })?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NumbersRequest {
    app_id: u64,
    portal_id: u64,
    user_id: u64,
}

/// `POST /channel-connection`: the phone numbers that a user may connect to the help desk. A user who is not known has none.
pub async fn numbers(State(app): State<App>, Signed(body): Signed) -> Result<Json<Value>, Error> {
    let NumbersRequest { app_id, portal_id, user_id } = serde_json::from_slice(&body).map_err(invalid)?;
    if app_id != app.settings.app_id {
        return Err(Error::BadRequest(format!("this server serves the app {}", app.settings.app_id)));
    }
    let query = "SELECT account FROM users WHERE portal_id = ?1 AND hubspot_user_id = ?2";
    let account: Option<AsJson<Account>> = app.store.value(query, [portal_id, user_id])?;
    let numbers = account.map(|AsJson(account)| account.numbers).unwrap_or_default();
    let numbers = numbers.iter().map(|own| json!({ "e164PhoneNumber": own.number, "friendlyName": own.name }));
    Ok(Json(json!({ "phoneNumbers": numbers.collect::<Vec<_>>() })))
}

fn invalid(error: serde_json::Error) -> Error {
    Error::BadRequest(format!("the body is not as HubSpot documents it: {error}"))
}
