//! `POST /webhooks`: HubSpot's events, at most 100 in a request. They are stored, each once, before HubSpot gets its answer; what
//! an app does with them can take its time afterwards.

use crate::error::ApiError;
use crate::server::App;
use crate::store::now;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::params;
use serde::Deserialize;
use serde_json::Value;

/// The fields of an event that identify it. Others depend on its kind.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    subscription_id: i64,
    event_id: i64,
    occurred_at: i64,
    subscription_type: String,
    portal_id: i64,
}

/// Stores events. The signature was checked before.
///
/// # Errors
/// When the body is not a list of events, or a fault; HubSpot then sends them again.
pub async fn receive(State(app): State<App>, body: Bytes) -> Result<StatusCode, ApiError> {
    let invalid = |error: serde_json::Error| ApiError::BadRequest(format!("the body is not a list of events: {error}"));
    let bodies: Vec<Value> = serde_json::from_slice(&body).map_err(invalid)?;
    let read = |body: Value| Ok((Event::deserialize(&body)?, body.to_string()));
    let events = bodies.into_iter().map(read).collect::<Result<Vec<_>, _>>().map_err(invalid)?;
    let stored = app.store.run(move |connection| {
        let transaction = connection.transaction()?;
        for (event, body) in events {
            let insert = "INSERT OR IGNORE INTO events
                          (subscription_id, event_id, occurred_at, kind, portal_id, body, received_at)
                          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let Event { subscription_id, event_id, occurred_at, subscription_type, portal_id } = event;
            let values = params![subscription_id, event_id, occurred_at, subscription_type, portal_id, body, now()];
            transaction.execute(insert, values)?;
        }
        Ok(transaction.commit()?)
    });
    stored.await?;
    Ok(StatusCode::NO_CONTENT)
}
