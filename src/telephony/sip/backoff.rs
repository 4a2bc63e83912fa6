//! When to try again to register.

/// The first delay, in milliseconds.
const FIRST: u32 = 1_000;
/// The longest delay, in milliseconds.
const LONGEST: u32 = 60_000;

/// The delay before the next attempt, in milliseconds, after so many failures in a row, at least one. It doubles with each, and
/// is spread by `random` (0 to 1), so that phones do not come back all at once when an exchange starts again. What the exchange
/// asks for (`Retry-After`, in seconds) is kept, up to the longest delay.
pub fn delay(failures: u32, retry_after: Option<u32>, random: f64) -> u32 {
    let doubled = FIRST.saturating_mul(1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX));
    let longest = doubled.min(LONGEST);
    let spread = longest / 2 + (f64::from(longest / 2) * random.clamp(0.0, 1.0)) as u32;
    let asked = retry_after.map_or(0, |seconds| seconds.saturating_mul(1_000).min(LONGEST));
    spread.max(asked)
}

/// How long credentials are used that expire after so many seconds, in milliseconds: nine tenths of the time.
pub fn renew_after(expires_in: u32) -> u32 {
    expires_in.saturating_mul(900)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_a_minute() {
        let longest = |failures| delay(failures, None, 1.0);
        assert_eq!([1, 2, 3, 7, 40].map(longest), [1_000, 2_000, 4_000, 60_000, 60_000]);
    }

    #[test]
    fn delays_are_spread_over_their_second_half() {
        assert_eq!((delay(3, None, 0.0), delay(3, None, 0.5)), (2_000, 3_000));
    }

    #[test]
    fn the_exchange_may_ask_for_a_longer_delay() {
        assert_eq!(delay(1, Some(20), 1.0), 20_000);
        assert_eq!(delay(7, Some(1), 1.0), 60_000);
        assert_eq!(delay(1, Some(4_000_000), 1.0), 60_000);
    }

    #[test]
    fn credentials_are_renewed_before_they_expire() {
        assert_eq!(renew_after(600), 540_000);
    }
}
