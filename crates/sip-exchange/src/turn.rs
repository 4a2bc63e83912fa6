//! Short-lived credentials for coturn, as its option `--use-auth-secret` expects them.

use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The user name ends with the time at which it expires; the password is a signature of it.
pub struct Credentials {
    pub username: String,
    pub credential: String,
}

/// Credentials that are accepted for so long from now on.
pub fn credentials(secret: &str, user: &str, lifetime: Duration) -> Credentials {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    at(secret, user, (now + lifetime).as_secs())
}

fn at(secret: &str, user: &str, expires: u64) -> Credentials {
    let username = format!("{expires}:{user}");
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
    let credential = STANDARD.encode(hmac::sign(&key, username.as_bytes()));
    Credentials { username, credential }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_the_signature_of_the_name() {
        // printf %s 1000:alice | openssl dgst -sha1 -hmac north -binary | base64
        let Credentials { username, credential } = at("north", "alice", 1000);
        assert_eq!(username, "1000:alice");
        assert_eq!(credential, "6ANS2sM+SnH+pQyRUs6nGfTCfYk=");
    }
}
