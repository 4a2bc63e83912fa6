//! When a request is sent again, and how long to wait before it.

use crate::error::{Answer, Error};
use reqwest::header::HeaderMap;
use std::time::{Duration, SystemTime};

/// The length of the window, in milliseconds, after which HubSpot counts from zero again.
const INTERVAL_HEADER: &str = "x-hubspot-ratelimit-interval-milliseconds";

/// How often and how long to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How often a request is sent again at most. 0 sends it once.
    pub max_retries: usize,
    /// The wait before the first repetition when HubSpot names none. It doubles each time, and a random part is added.
    pub first_wait: Duration,
    /// The longest wait, also when HubSpot asks for one: a longer one is an error at once.
    pub max_wait: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { max_retries: 3, first_wait: Duration::from_millis(500), max_wait: Duration::from_secs(30) }
    }
}

impl RetryPolicy {
    /// Sends each request once.
    pub const fn never() -> Self {
        Self { max_retries: 0, first_wait: Duration::ZERO, max_wait: Duration::ZERO }
    }

    /// Another number of repetitions.
    #[must_use]
    pub const fn max_retries(self, max_retries: usize) -> Self {
        Self { max_retries, ..self }
    }

    /// Another wait before the first repetition.
    #[must_use]
    pub const fn first_wait(self, first_wait: Duration) -> Self {
        Self { first_wait, ..self }
    }

    /// Another longest wait.
    #[must_use]
    pub const fn max_wait(self, max_wait: Duration) -> Self {
        Self { max_wait, ..self }
    }

    pub(crate) fn backoff(self) -> backon::ExponentialBuilder {
        backon::ExponentialBuilder::new()
            .with_min_delay(self.first_wait)
            .with_max_delay(self.max_wait)
            .with_max_times(self.max_retries)
            .with_jitter()
    }

    /// The wait before the next attempt, where `planned` is what the backoff says. None when it is useless or too long.
    pub(crate) fn wait(self, error: &Error, planned: Option<Duration>) -> Option<Duration> {
        let planned = planned?;
        match error {
            Error::RateLimited { wait: Some(wait), .. } => Some(*wait).filter(|wait| *wait <= self.max_wait),
            // Nothing that is waited for here ends a daily limit.
            Error::RateLimited { answer, .. } if answer.policy.as_deref() == Some("DAILY") => None,
            _ => Some(planned.min(self.max_wait)),
        }
    }
}

/// A wait before a request is sent again.
#[derive(Debug)]
#[non_exhaustive]
pub struct Retry<'a> {
    /// Why.
    pub error: &'a Error,
    /// For how long.
    pub wait: Duration,
}

/// Whether the same request may succeed later. A request that times out is not repeated:
/// the caller has waited long enough.
pub(crate) fn is_transient(error: &Error) -> bool {
    matches!(error, Error::Server(_) | Error::RateLimited { .. } | Error::Connect { .. } | Error::Interrupted(_))
}

/// Whether the change may have been made although the request failed.
pub(crate) fn is_ambiguous(error: &Error) -> bool {
    matches!(error, Error::Server(_) | Error::Interrupted(_))
}

/// How long HubSpot asks to wait, by its headers or by the limit that it names.
pub(crate) fn asked_wait(headers: &HeaderMap, answer: &Answer, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let after = text("retry-after").and_then(|value| match value.parse::<f64>() {
        Ok(seconds) => Duration::try_from_secs_f64(seconds).ok(),
        // A time that is past means now.
        Err(_) => httpdate::parse_http_date(value).ok().map(|time| time.duration_since(now).unwrap_or_default()),
    });
    let by_policy = || match answer.policy.as_deref() {
        Some("SECONDLY") => Some(Duration::from_secs(1)),
        Some("TEN_SECONDLY_ROLLING") => Some(Duration::from_secs(10)),
        // The interval of the other header is not that of the day.
        Some("DAILY") => None,
        _ => text(INTERVAL_HEADER)?.parse().ok().map(Duration::from_millis),
    };
    after.or_else(by_policy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderName, HeaderValue};

    #[track_caller]
    fn check(headers: &[(&'static str, &'static str)], policy: Option<&str>, expected: Option<u64>) {
        let pairs =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let answer = Answer { policy: policy.map(str::to_owned), ..Answer::default() };
        // Wed, 21 Oct 2015 07:28:00 GMT
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_480);
        let wait = asked_wait(&pairs.collect(), &answer, now);
        assert_eq!(wait, expected.map(Duration::from_millis), "{headers:?} {policy:?}");
    }

    #[test]
    fn the_wait_is_what_hubspot_asks_for() {
        check(&[("retry-after", "7")], None, Some(7_000));
        check(&[("retry-after", "0.5")], Some("TEN_SECONDLY_ROLLING"), Some(500));
        check(&[("retry-after", "Wed, 21 Oct 2015 07:28:09 GMT")], None, Some(9_000));
        check(&[("retry-after", "Wed, 21 Oct 2015 07:27:00 GMT")], None, Some(0));
        check(&[("retry-after", "soon")], Some("SECONDLY"), Some(1_000));
        check(&[("retry-after", "-1")], None, None);
        check(&[], Some("TEN_SECONDLY_ROLLING"), Some(10_000));
        check(&[(INTERVAL_HEADER, "2500")], None, Some(2_500));
        check(&[(INTERVAL_HEADER, "10000")], Some("DAILY"), None);
        check(&[], None, None);
    }

    #[test]
    fn a_wait_above_the_limit_and_a_daily_limit_end_at_once() {
        let policy = RetryPolicy::default();
        let limited = |wait: Option<u64>, name: Option<&str>| Error::RateLimited {
            wait: wait.map(Duration::from_secs),
            answer: Box::new(Answer { policy: name.map(str::to_owned), ..Answer::default() }),
        };
        let planned = Some(Duration::from_secs(2));
        assert_eq!(policy.wait(&limited(Some(30), None), planned), Some(Duration::from_secs(30)));
        assert_eq!(policy.wait(&limited(Some(31), None), planned), None);
        assert_eq!(policy.wait(&limited(None, Some("DAILY")), planned), None);
        assert_eq!(policy.wait(&limited(None, None), planned), planned);
        assert_eq!(policy.wait(&limited(Some(1), None), None), None, "no attempt is left");
    }
}
