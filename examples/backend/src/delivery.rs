//! Sends the stored calls to HubSpot, one request after the other, and repeats what has failed.
//!
//! A call is created at most once, though HubSpot has no idempotency key: before the request is sent, the call is marked in the
//! database as possibly created. If the answer is lost, or this server stops, the next attempt looks for the call by its external id
//! instead of creating it again. Only when HubSpot's search has not found it for [`Timing::search_delay`] it is created again.

use crate::calls::{self, Call};
use crate::config::Timing;
use crate::hubspot::{Failure, HubSpot};
use crate::store::{Store, StoreError, now};
use rusqlite::params;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// The task that delivers.
pub struct Delivery {
    pub(crate) store: Store,
    pub(crate) hubspot: HubSpot,
    pub(crate) timing: Timing,
    pub(crate) wake: Arc<Notify>,
}

impl Delivery {
    /// Delivers until `stop` becomes true. A request that is on its way is finished first.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let wait = match self.deliver_next().await {
                Ok(None) => continue,
                Ok(Some(wait)) => wait,
                Err(error) => {
                    eprintln!("error: calls are not delivered: {error}");
                    self.timing.longest_retry
                }
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.wake.notified() => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        }
    }

    /// Does one request, if one is due; else returns for how long there is nothing to do.
    async fn deliver_next(&self) -> Result<Option<Duration>, StoreError> {
        match self.store.run(|connection| calls::next_due(connection, now())).await? {
            Ok(call) => self.deliver(call).await.map(|()| None),
            Err(Some(time)) => Ok(Some(Duration::from_millis(time.saturating_sub(now())))),
            // Reports wake this task.
            Err(None) => Ok(Some(Duration::from_secs(3600))),
        }
    }

    async fn deliver(&self, call: Call) -> Result<(), StoreError> {
        let outcome = match (&call.engagement_id, call.create_sent_at) {
            (Some(id), _) => self.hubspot.update(id, &call.properties).await.map(|()| Step::Sent(id.clone())),
            (None, Some(sent_at)) => self.look_for(&call, sent_at).await,
            (None, None) => {
                self.mark_create_sent(&call).await?;
                let key = (call.portal_id, call.external_id.as_str());
                self.hubspot.create(key, &call.properties, &call.associations).await.map(Step::Sent)
            }
        };
        self.record(call, outcome).await
    }

    /// Whether HubSpot has a call whose creation had no clear answer.
    async fn look_for(&self, call: &Call, sent_at: u64) -> Result<Step, Failure> {
        // HubSpot may have done it until the request was given up.
        let last_possible = sent_at + millis(self.timing.request);
        Ok(match self.hubspot.find((call.portal_id, &call.external_id)).await? {
            Some(id) => Step::Found(id),
            None if now() >= last_possible + millis(self.timing.search_delay) => Step::Absent,
            None => Step::NotFoundYet,
        })
    }

    async fn mark_create_sent(&self, call: &Call) -> Result<(), StoreError> {
        let (portal_id, external_id) = (call.portal_id, call.external_id.clone());
        let mark = "UPDATE calls SET create_sent_at = ?3 WHERE portal_id = ?1 AND external_id = ?2";
        self.store.run(move |connection| Ok(connection.execute(mark, params![portal_id, external_id, now()])?)).await?;
        Ok(())
    }

    /// Stores what became of a request.
    async fn record(&self, mut call: Call, outcome: Result<Step, Failure>) -> Result<(), StoreError> {
        let was_create = call.engagement_id.is_none() && call.create_sent_at.is_none();
        let mut next = now();
        (call.attempts, call.error) = match &outcome {
            Ok(Step::Sent(_) | Step::Found(_) | Step::Absent) => (0, None),
            Ok(Step::NotFoundYet) => (call.attempts + 1, call.error),
            Err(failure) => {
                eprintln!("call {} of account {}: {failure}", call.external_id, call.portal_id);
                (call.attempts + 1, Some(failure.to_string()))
            }
        };
        // Whether the mark that it may have been created stays.
        let mut may_exist = was_create || call.create_sent_at.is_some();
        match outcome {
            Ok(Step::Sent(id)) => (call.engagement_id, call.sent_revision) = (Some(id), call.revision),
            // Reports may have come since it was created: an update follows.
            Ok(Step::Found(id)) => call.engagement_id = Some(id),
            Ok(Step::Absent) => may_exist = false,
            Ok(Step::NotFoundYet) => next += self.backoff(call.attempts),
            Err(Failure::Refused { .. }) => {
                call.refused = true;
                may_exist &= !was_create;
            }
            Err(Failure::NotNow { wait, .. }) => {
                next += self.backoff(call.attempts).max(wait.map_or(0, millis));
                may_exist &= !was_create;
            }
            Err(Failure::Unknown(_)) => next += self.backoff(call.attempts),
        }
        self.store
            .run(move |connection| {
                // A report that was stored since then has reset `refused`; it is tried again.
                let update = "UPDATE calls SET sent_revision = ?3, engagement_id = ?4, attempts = ?5, error = ?6,
                              next_attempt_at = ?7, create_sent_at = CASE WHEN ?8 THEN create_sent_at END,
                              refused = ?9 AND revision = ?10 WHERE portal_id = ?1 AND external_id = ?2";
                connection.execute(
                    update,
                    params![
                        call.portal_id,
                        call.external_id,
                        call.sent_revision,
                        call.engagement_id,
                        call.attempts,
                        call.error,
                        next,
                        may_exist,
                        call.refused,
                        call.revision
                    ],
                )?;
                Ok(())
            })
            .await
    }

    /// In milliseconds.
    fn backoff(&self, attempts: u32) -> u64 {
        let factor = 2_u32.saturating_pow(attempts.saturating_sub(1).min(16));
        millis(self.timing.first_retry.saturating_mul(factor).min(self.timing.longest_retry))
    }
}

/// What a successful request has shown.
enum Step {
    /// HubSpot has this revision; the call's id.
    Sent(String),
    /// The call was created before; its id.
    Found(String),
    /// The call was not created.
    Absent,
    /// The call was not found, which does not mean yet that it does not exist.
    NotFoundYet,
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
