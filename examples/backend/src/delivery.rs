//! Sends the stored calls to HubSpot, one request after the other, and repeats what has failed.
//!
//! HubSpot's API has no idempotency key. So before a call is created, the database marks that it may have been. If the answer is lost,
//! or this server stops, the next attempt looks for the call by its external id. Only when HubSpot's search has not found it for
//! [`search_delay`](crate::settings::Settings::search_delay), it is created again.

use crate::calls::{self, Call};
use crate::hubspot::{Failure, HubSpot};
use crate::store::{AsJson, millis, now};
use crate::{App, Error};
use std::{convert::Infallible, time::Duration};

const LONGEST_WAIT: Duration = Duration::from_secs(300);

pub async fn run(app: &App, hubspot: &HubSpot) -> Infallible {
    loop {
        let wait = deliver_next(app, hubspot).await.unwrap_or_else(|error| {
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
async fn deliver_next(app: &App, hubspot: &HubSpot) -> Result<Duration, Error> {
    let query = "SELECT call FROM calls WHERE next_attempt_at IS NOT NULL ORDER BY next_attempt_at LIMIT 1";
    let Some(AsJson::<Call>(call)) = app.store.value(query, [])? else { return Ok(LONGEST_WAIT) };
    let wait = call.next_attempt_at.unwrap_or(0).saturating_sub(now());
    if wait > 0 {
        return Ok(Duration::from_millis(wait));
    }
    // Reports may come while a request is in progress, so only what it has shown is changed.
    let change = |change: &mut dyn FnMut(&mut Call)| {
        calls::change(&app.store, call.portal_id, &call.external_id, |stored| Ok(change(stored)))
    };
    let creates = call.engagement_id.is_none() && call.create_sent_at.is_none();
    if creates {
        change(&mut |stored| stored.create_sent_at = Some(now()))?;
    }
    let outcome = attempt(app, hubspot, &call).await;
    change(&mut |stored| record(app, stored, &call, &outcome))?;
    Ok(Duration::ZERO)
}

/// What a successful request has shown.
enum Progress {
    /// HubSpot has this version of the call, under this id.
    Sent(String),
    /// HubSpot has a version of the call, under this id.
    Found(String),
    /// The call was not created.
    Absent,
}

async fn attempt(app: &App, hubspot: &HubSpot, call: &Call) -> Result<Progress, Failure> {
    let Some(id) = &call.engagement_id else {
        let Some(sent_at) = call.create_sent_at else { return hubspot.create(call).await.map(Progress::Sent) };
        // HubSpot may create it until the request is given up.
        let is_certain = now() >= sent_at + millis(app.settings.timeout + app.settings.search_delay);
        return match hubspot.find(call).await? {
            Some(id) => Ok(Progress::Found(id)),
            None if is_certain => Ok(Progress::Absent),
            None => Err(Failure::Unknown("HubSpot's search does not find the call yet".into())),
        };
    };
    hubspot.update(id, call).await.map(|()| Progress::Sent(id.clone()))
}

fn record(app: &App, stored: &mut Call, sent: &Call, outcome: &Result<Progress, Failure>) {
    let is_latest = stored.properties == sent.properties;
    match outcome {
        Ok(progress) => {
            (stored.failures, stored.error) = (0, None);
            match progress {
                Progress::Sent(id) if is_latest => {
                    (stored.engagement_id, stored.next_attempt_at) = (Some(id.clone()), None)
                }
                Progress::Sent(id) | Progress::Found(id) => stored.engagement_id = Some(id.clone()),
                Progress::Absent => stored.create_sent_at = None,
            }
        }
        Err(failure) => {
            eprintln!("call {} of account {}: {failure}", sent.external_id, sent.portal_id);
            (stored.failures, stored.error) = (sent.failures + 1, Some(failure.to_string()));
            let backoff = app.settings.first_retry.saturating_mul(1 << sent.failures.min(16)).min(LONGEST_WAIT);
            let is_final = is_latest && matches!(failure, Failure::Refused(_));
            stored.next_attempt_at = (!is_final).then(|| now() + millis(backoff.max(failure.retry_after())));
            if sent.create_sent_at.is_none() && !matches!(failure, Failure::Unknown(_)) {
                stored.create_sent_at = None;
            }
        }
    }
}
