//! Sends the stored calls to HubSpot, one request after the other, and repeats what has failed.
//!
//! HubSpot's API has no idempotency key. So before a call is created, the database marks that it may have been. If the answer is lost,
//! or this server stops, the next attempt looks for the call by its external id. Only when HubSpot's search has not found it for
//! [`search_delay`](crate::settings::Settings::search_delay), it is created again.

use crate::calls::{self, Call};
use crate::hubspot::{self, Failure};
use crate::store::{AsJson, millis, now};
use crate::{App, Error};
use std::{convert::Infallible, time::Duration};

const LONGEST_WAIT: Duration = Duration::from_secs(300);

pub async fn run(app: &App) -> Infallible {
    loop {
        let wait = deliver_next(app).await.unwrap_or_else(|error| {
            eprintln!("error: calls are not delivered: {error}");
            LONGEST_WAIT
        });
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = app.reported.notified() => {}
        }
    }
}

/// Makes the next attempt if one is due, and returns for how long there is nothing to do.
async fn deliver_next(app: &App) -> Result<Duration, Error> {
    let query = "SELECT call FROM calls WHERE next_attempt_at IS NOT NULL ORDER BY next_attempt_at LIMIT 1";
    let Some(AsJson::<Call>(mut call)) = app.store.value(query, [])? else { return Ok(LONGEST_WAIT) };
    let wait = call.next_attempt_at.unwrap_or(0).saturating_sub(now());
    if wait > 0 {
        return Ok(Duration::from_millis(wait));
    }
    let is_new = call.engagement_id.is_none() && call.create_sent_at.is_none();
    if is_new {
        call.create_sent_at = Some(now());
        save(app, &call)?;
    }
    match attempt(app, &mut call, is_new).await {
        Ok(()) => (call.failures, call.error) = (0, None),
        Err(failure) => {
            eprintln!("call {} of account {}: {failure}", call.external_id, call.portal_id);
            let backoff = app.settings.first_retry.saturating_mul(1 << call.failures.min(16)).min(LONGEST_WAIT);
            call.next_attempt_at = match failure {
                Failure::Refused(_) => None,
                Failure::NotNow(_, wait) => Some(now() + millis(backoff.max(wait))),
                Failure::Unknown(_) => Some(now() + millis(backoff)),
            };
            if is_new && !matches!(failure, Failure::Unknown(_)) {
                call.create_sent_at = None;
            }
            (call.failures, call.error) = (call.failures + 1, Some(failure.to_string()));
        }
    }
    save(app, &call)?;
    Ok(Duration::ZERO)
}

async fn attempt(app: &App, call: &mut Call, is_new: bool) -> Result<(), Failure> {
    if let Some(id) = &call.engagement_id {
        hubspot::update(app, id, call).await?;
        call.next_attempt_at = None;
    } else if is_new {
        call.engagement_id = Some(hubspot::create(app, call).await?);
        call.next_attempt_at = None;
    } else if let Some(id) = hubspot::find(app, call).await? {
        // Reports may have come since it was created: an update follows.
        call.engagement_id = Some(id);
    } else {
        // HubSpot may have created it until the request was given up.
        let wait = millis(app.settings.timeout + app.settings.search_delay);
        if now() < call.create_sent_at.unwrap_or(0) + wait {
            return Err(Failure::Unknown("HubSpot's search does not find the call yet".into()));
        }
        call.create_sent_at = None;
    }
    Ok(())
}

/// Stores what became of an attempt. Reports that have come since it began are sent next.
fn save(app: &App, call: &Call) -> Result<(), Error> {
    let save = |stored: &mut Call| {
        let properties = std::mem::take(&mut stored.properties);
        let is_latest = properties == call.properties;
        *stored = Call { properties, ..call.clone() };
        stored.next_attempt_at = stored.next_attempt_at.or_else(|| (!is_latest).then(now));
        Ok(())
    };
    calls::change(&app.store, call.portal_id, &call.external_id, save)?;
    Ok(())
}
