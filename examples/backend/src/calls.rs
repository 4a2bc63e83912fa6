//! What the app reports about its calls. A report is stored and answered at once; [`crate::to_hubspot`] sends it to HubSpot.

use crate::sessions::Portal;
use crate::store::{Store, now};
use crate::{App, Error};
use axum::extract::{Path, State};
use axum::{Json, http::StatusCode};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is known about a call; later reports add to it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Report {
    /// Properties of HubSpot's calls, as `hs_call_status`. The first report must have `hs_timestamp`.
    properties: BTreeMap<String, String>,
    /// The records that the call belongs to, as HubSpot's API takes them. Those of the first report count.
    #[serde(default)]
    associations: Vec<Value>,
    /// HubSpot's id of a call that the widget has created through the SDK: it is updated, and never created.
    engagement_id: Option<u64>,
}

/// A call as it is stored. The first two fields are its key.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Call {
    pub portal_id: u64,
    pub external_id: String,
    pub properties: BTreeMap<String, String>,
    pub associations: Vec<Value>,
    /// HubSpot's id of the call. Absent until it is known.
    pub engagement_id: Option<String>,
    /// When the last request to create the call was sent. While it is set and there is no id, HubSpot may have the call.
    pub create_sent_at: Option<u64>,
    /// Absent when there is nothing to send.
    pub next_attempt_at: Option<u64>,
    /// How many have failed since the last success.
    pub failures: u32,
    /// Why the last attempt has failed.
    pub error: Option<String>,
}

/// `PUT /calls/{external id}`. The same request sent twice changes nothing.
pub async fn put(
    State(app): State<App>,
    Portal(portal_id): Portal,
    Path(id): Path<String>,
    Json(report): Json<Report>,
) -> Result<(StatusCode, Json<Value>), Error> {
    if !is_external_id(&id) {
        return Err(Error::BadRequest("an external id has 1 to 128 letters, digits, '-' and '_'".into()));
    }
    let call = change(&app.store, portal_id, &id, |call| call.add(report))?;
    app.reported.notify_one();
    Ok((StatusCode::ACCEPTED, Json(call.status())))
}

/// `GET /calls/{external id}`
pub async fn get(State(app): State<App>, Portal(portal): Portal, Path(id): Path<String>) -> Result<Json<Value>, Error> {
    let query = "SELECT call FROM calls WHERE portal_id = ?1 AND external_id = ?2";
    let call: Option<Call> = app.store.json(query, params![portal, id])?;
    Ok(Json(call.ok_or(Error::NotFound("call"))?.status()))
}

/// It becomes the name of a recording's file, so it is restricted.
pub fn is_external_id(id: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=128).contains(&id.len()) && id.bytes().all(is_allowed)
}

/// Changes a call, which is empty when it is new, unless `change` returns an error.
pub fn change(
    store: &Store,
    portal_id: u64,
    external_id: &str,
    change: impl FnOnce(&mut Call) -> Result<(), Error>,
) -> Result<Call, Error> {
    store.run(|connection| {
        let query = "SELECT call FROM calls WHERE portal_id = ?1 AND external_id = ?2";
        let stored = connection.query_row(query, params![portal_id, external_id], |row| row.get(0)).optional()?;
        let new = Call { portal_id, external_id: external_id.to_owned(), ..Call::default() };
        let mut call = stored.map_or(Ok(new), serde_json::from_value)?;
        change(&mut call)?;
        let replace = "REPLACE INTO calls (portal_id, external_id, call) VALUES (?1, ?2, ?3)";
        connection.execute(replace, params![portal_id, external_id, serde_json::to_value(&call)?])?;
        Ok(call)
    })
}

impl Call {
    fn add(&mut self, report: Report) -> Result<(), Error> {
        let bad = |reason: &str| Err(Error::BadRequest(reason.to_owned()));
        let engagement_id = report.engagement_id.map(|id| id.to_string());
        if self.properties.is_empty() && self.engagement_id.is_none() {
            if engagement_id.is_none() && !report.properties.contains_key("hs_timestamp") {
                return bad("the first report of a call needs hs_timestamp, or the engagementId of an existing one");
            }
            (self.associations, self.engagement_id) = (report.associations, engagement_id);
        } else if engagement_id.is_some() && engagement_id != self.engagement_id {
            return bad("this call has another engagement in HubSpot, or this server creates it");
        }
        let before = self.properties.clone();
        self.properties.extend(report.properties);
        // What HubSpot has refused is tried again.
        if self.properties != before || (self.next_attempt_at.is_none() && self.error.is_some()) {
            (self.next_attempt_at, self.failures, self.error) = (Some(now()), 0, None);
        }
        Ok(())
    }

    /// What a client sees.
    fn status(&self) -> Value {
        let progress = match (self.next_attempt_at, &self.error) {
            (Some(_), _) => "pending",
            (None, Some(_)) => "refused",
            (None, None) => "delivered",
        };
        let Self { external_id, engagement_id, error, .. } = self;
        json!({ "externalId": external_id, "progress": progress, "engagementId": engagement_id, "error": error })
    }
}
