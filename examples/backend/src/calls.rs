//! What the app reports about its calls. `PUT /calls/{external id}` stores it and answers at once; [`crate::delivery`] sends it to
//! HubSpot. The same request sent twice changes nothing.

use crate::error::ApiError;
use crate::hubspot::{Association, Properties};
use crate::server::App;
use crate::session;
use crate::store::{StoreError, now};
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// What is known about a call; later reports add to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Properties of HubSpot's calls, as `hs_call_status`. The first report must have `hs_timestamp`.
    properties: Properties,
    /// The records that the call belongs to. They are set when the call is created, and ignored later.
    #[serde(default)]
    associations: Vec<Association>,
    /// HubSpot's id of a call that the widget has created through the SDK: it is updated, and never created.
    #[serde(default, rename = "engagementId")]
    engagement_id: Option<u64>,
}

/// Where a call is on its way to HubSpot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// HubSpot has all that was reported.
    Delivered,
    /// Something is still to be sent.
    Pending,
    /// HubSpot has refused the last report. Another report tries again.
    Refused,
}

/// A stored call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub(crate) portal_id: u64,
    pub(crate) external_id: String,
    pub(crate) properties: Properties,
    pub(crate) associations: Vec<Association>,
    pub(crate) revision: i64,
    pub(crate) sent_revision: i64,
    pub(crate) engagement_id: Option<String>,
    pub(crate) create_sent_at: Option<u64>,
    pub(crate) attempts: u32,
    pub(crate) refused: bool,
    pub(crate) error: Option<String>,
}

/// What a client sees of a call.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    external_id: String,
    progress: Progress,
    /// HubSpot's id of the call. Absent until it is known.
    engagement_id: Option<String>,
    /// What went wrong last. Absent when nothing did.
    error: Option<String>,
}

/// `PUT /calls/{external id}`
///
/// # Errors
/// Without a session, for a report that cannot be used, or a fault.
pub async fn put(
    State(app): State<App>,
    Path(external_id): Path<String>,
    headers: HeaderMap,
    report: Result<Json<Report>, JsonRejection>,
) -> Result<(StatusCode, Json<Status>), ApiError> {
    let user = session::user(&app.store, &headers).await?;
    let Json(report) = report?;
    check(&external_id, &report)?;
    let saved = app.store.run(move |connection| save(connection, user.portal_id, &external_id, report)).await?;
    let call = saved.map_err(|reason| ApiError::BadRequest(reason.to_owned()))?;
    app.wake_delivery.notify_one();
    Ok((StatusCode::ACCEPTED, Json(call.into())))
}

/// `GET /calls/{external id}`
///
/// # Errors
/// Without a session, for a call of another account, or a fault.
pub async fn get(
    State(app): State<App>,
    Path(external_id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Status>, ApiError> {
    let user = session::user(&app.store, &headers).await?;
    let call = app.store.run(move |connection| find(connection, user.portal_id, &external_id)).await?;
    Ok(Json(call.ok_or(ApiError::NotFound("there is no such call"))?.into()))
}

/// The external id becomes the name of a recording's file, so it is restricted.
pub(crate) fn is_external_id(id: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=128).contains(&id.len()) && id.bytes().all(is_allowed)
}

fn check(external_id: &str, report: &Report) -> Result<(), ApiError> {
    let bad = |message: String| Err(ApiError::BadRequest(message));
    if !is_external_id(external_id) {
        return bad("an external id has 1 to 128 letters, digits, '-' and '_'".into());
    }
    // The server sets these: they are how it finds its calls.
    let own = ["hs_call_external_id", "hs_call_external_account_id", "hs_call_app_id", "hs_call_source"];
    for name in report.properties.keys() {
        if own.contains(&name.as_str()) {
            return bad(format!("{name} is set by this server: leave it out"));
        }
        if name.is_empty()
            || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        {
            return bad(format!("{name:?} is not the internal name of a property, as hs_call_status"));
        }
    }
    Ok(())
}

/// Adds a report to a call, or says why it cannot be added.
fn save(
    connection: &mut Connection,
    portal_id: u64,
    external_id: &str,
    report: Report,
) -> Result<Result<Call, &'static str>, StoreError> {
    let engagement_id = report.engagement_id.map(|id| id.to_string());
    let transaction = connection.transaction()?;
    match find(&transaction, portal_id, external_id)? {
        None if engagement_id.is_none() && !report.properties.contains_key("hs_timestamp") => {
            return Ok(Err("the first report of a call needs hs_timestamp, or the engagementId of an existing one"));
        }
        Some(call) if engagement_id.is_some() && engagement_id != call.engagement_id => {
            return Ok(Err("this call has another engagement in HubSpot, or this server creates it"));
        }
        None => {
            let insert =
                "INSERT INTO calls (portal_id, external_id, properties, associations, engagement_id, revision, next_attempt_at)
                          VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6)";
            let (properties, associations) =
                (serde_json::to_string(&report.properties)?, serde_json::to_string(&report.associations)?);
            transaction
                .execute(insert, params![portal_id, external_id, properties, associations, engagement_id, now()])?;
        }
        Some(call) => {
            let mut properties = call.properties.clone();
            properties.extend(report.properties);
            if properties != call.properties || call.refused {
                let update = "UPDATE calls SET properties = ?3, revision = revision + 1, refused = 0, error = NULL, attempts = 0,
                              next_attempt_at = ?4 WHERE portal_id = ?1 AND external_id = ?2";
                let values = params![portal_id, external_id, serde_json::to_string(&properties)?, now()];
                transaction.execute(update, values)?;
            }
        }
    }
    let saved = find(&transaction, portal_id, external_id)?;
    transaction.commit()?;
    Ok(saved.ok_or("the call is gone"))
}

const COLUMNS: &str =
    "portal_id, external_id, properties, associations, revision, sent_revision, engagement_id, create_sent_at,
                       attempts, refused, error";

/// A call by its key.
pub(crate) fn find(connection: &Connection, portal_id: u64, external_id: &str) -> Result<Option<Call>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM calls WHERE portal_id = ?1 AND external_id = ?2");
    connection.query_row(&query, params![portal_id, external_id], read).optional()?.transpose()
}

/// The call that is to be sent next, at this time or before; else when to look again.
pub(crate) fn next_due(connection: &Connection, now: u64) -> Result<Result<Call, Option<u64>>, StoreError> {
    let pending = "revision > sent_revision AND refused = 0";
    let query = format!(
        "SELECT {COLUMNS} FROM calls WHERE {pending} AND next_attempt_at <= ?1 ORDER BY next_attempt_at LIMIT 1"
    );
    if let Some(call) = connection.query_row(&query, [now], read).optional()? {
        return Ok(Ok(call?));
    }
    let query = format!("SELECT MIN(next_attempt_at) FROM calls WHERE {pending}");
    Ok(Err(connection.query_row(&query, [], |row| row.get(0))?))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Result<Call, StoreError>> {
    let (properties, associations): (String, String) = (row.get(2)?, row.get(3)?);
    let parsed = || Ok::<_, StoreError>((serde_json::from_str(&properties)?, serde_json::from_str(&associations)?));
    let (properties, associations) = match parsed() {
        Ok(parsed) => parsed,
        Err(error) => return Ok(Err(error)),
    };
    Ok(Ok(Call {
        portal_id: row.get(0)?,
        external_id: row.get(1)?,
        properties,
        associations,
        revision: row.get(4)?,
        sent_revision: row.get(5)?,
        engagement_id: row.get(6)?,
        create_sent_at: row.get(7)?,
        attempts: row.get(8)?,
        refused: row.get(9)?,
        error: row.get(10)?,
    }))
}

impl From<Call> for Status {
    fn from(call: Call) -> Self {
        let progress = match (call.refused, call.revision > call.sent_revision) {
            (true, _) => Progress::Refused,
            (false, true) => Progress::Pending,
            (false, false) => Progress::Delivered,
        };
        Self { external_id: call.external_id, progress, engagement_id: call.engagement_id, error: call.error }
    }
}
