//! How long a run is.

use std::time::Duration;

/// What a run does at least. The short one is part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunLength {
    pub calls: u32,
    pub reloads: u32,
    pub time: Duration,
}

impl RunLength {
    pub const SHORT: Self = RunLength { calls: 12, reloads: 4, time: Duration::from_secs(20 * 60) };
    pub const WHOLE: Self = RunLength { calls: 500, reloads: 100, time: Duration::from_secs(8 * 60 * 60) };

    /// The whole run if `SOAK_WHOLE` is set, which takes some minutes.
    pub fn of_environment() -> Self {
        if std::env::var_os("SOAK_WHOLE").is_some() { Self::WHOLE } else { Self::SHORT }
    }
}

/// The number in an environment variable; absent when that is not set.
///
/// # Panics
/// When there is something else in it.
pub fn number_in(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}
