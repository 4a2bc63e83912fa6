//! The app id and the key. Neither can be printed by accident.

use crate::error::Invalid;
use std::{fmt, str::FromStr};

/// The text that stands for a value that is not shown.
pub(crate) const HIDDEN: &str = "[hidden]";

/// A key or a token. `Debug` and `Display` show `[hidden]`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Spaces and line ends around it are removed: they come from copying.
    ///
    /// # Errors
    /// When nothing is left, or when it has characters that no key has.
    pub fn new(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let is_valid = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_valid { Ok(Self(text.to_owned())) } else { Err(Invalid::Key) }
    }

    /// The key itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HIDDEN)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HIDDEN)
    }
}

/// The id of an app in HubSpot. `Debug` shows `[hidden]`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AppId(u64);

impl AppId {
    /// An id as HubSpot shows it in the app's settings.
    pub const fn new(id: u64) -> Self {
        Self(id)
    }

    /// The number itself.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl FromStr for AppId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let id = if is_number { text.parse().ok() } else { None };
        id.filter(|id| *id > 0).map(Self).ok_or(Invalid::AppId)
    }
}

impl fmt::Debug for AppId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HIDDEN)
    }
}

/// How a request is authorised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// The developer API key of the account that owns the app. It is sent as `hapikey` in the query.
    DeveloperKey(Secret),
    /// An OAuth access token with the scopes `developers-read` and `developers-write`. It is sent as a bearer token.
    AccessToken(Secret),
}

impl Credentials {
    pub(crate) fn secret(&self) -> &Secret {
        let (Self::DeveloperKey(secret) | Self::AccessToken(secret)) = self;
        secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_printed_shows_a_key_or_an_id() {
        let secret = Secret::new(" abc-123\n").unwrap();
        assert_eq!(secret.expose(), "abc-123");
        assert_eq!(format!("{secret} {secret:?}"), "[hidden] [hidden]");
        assert_eq!(format!("{:?}", Credentials::AccessToken(secret)), "AccessToken([hidden])");
        assert_eq!(format!("{:?}", AppId::new(4711)), "[hidden]");
    }

    #[test]
    fn what_cannot_be_a_key_or_an_id_is_refused() {
        for text in ["", " \n", "two words", "schlüssel"] {
            assert!(matches!(Secret::new(text), Err(Invalid::Key)), "{text:?}");
        }
        for text in ["", "0", "-1", "+1", "12a", "1.5", "99999999999999999999999"] {
            assert!(matches!(text.parse::<AppId>(), Err(Invalid::AppId)), "{text:?}");
        }
        assert_eq!(" 4711\n".parse::<AppId>().unwrap().get(), 4711);
    }
}
