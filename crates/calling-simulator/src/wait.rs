//! Waiting for a condition.

use std::time::{Duration, Instant};

/// How long to wait for a condition that should soon be true. It is long because several browsers may share few cores.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(15);

const INTERVAL: Duration = Duration::from_millis(20);

/// Calls `probe` until it succeeds, for at most `limit`.
///
/// # Errors
/// When the time is over: what was waited for, and the last error.
pub async fn until<T>(
    what: &str,
    limit: Duration,
    mut probe: impl AsyncFnMut() -> Result<T, String>,
) -> Result<T, String> {
    let start = Instant::now();
    loop {
        match probe().await {
            Ok(answer) => return Ok(answer),
            Err(reason) if start.elapsed() > limit => {
                return Err(format!("waited {} s for {what}: {reason}", limit.as_secs()));
            }
            Err(_) => tokio::time::sleep(INTERVAL).await,
        }
    }
}
