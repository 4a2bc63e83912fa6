//! Who is logged in, and what the back end gives them: all of it is part of the state.

use calling_extensions::codec::{Map, Value};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A log-in that the back end has confirmed. Absent from the state while nobody is logged in.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Session {
    /// The name of the user in the back end.
    pub user: String,
    /// What the phone system and the back end accept as proof of the log-in. Absent where a cookie is the proof, and after a
    /// reload until the session is renewed: see the widget's `Auth` trait.
    pub token: Option<Token>,
    /// What the account offers the user.
    pub account: Account,
}

impl Session {
    /// The session as it may be written to storage: without its token, and without the password for the exchange.
    #[must_use]
    pub fn without_token(&self) -> Self {
        Session {
            token: None,
            #[cfg(feature = "softphone")]
            account: Account { sip: None, ..self.account.clone() },
            ..self.clone()
        }
    }
}

/// A secret. Its `Debug` output does not contain it, so that it gets into no log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token(pub String);

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}

/// What an account offers its user. It is deserialized from JSON, so a back end can send it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Account {
    /// The user's own phone numbers. The first one calls unless the user chooses another; without any no number is chosen.
    #[serde(default)]
    pub numbers: Vec<OwnNumber>,
    /// The possible outcomes of a call. Without any the wrap-up does not ask for one.
    #[serde(default)]
    pub dispositions: Vec<Disposition>,
    /// What every call of the user begins with: see [`Call::properties`](crate::Call::properties). Numbers are sent as text;
    /// values of other types are not sent.
    #[serde(default)]
    pub call_properties: Map,
    /// How the user's phone registers with an exchange. Absent when the account has none.
    #[cfg(feature = "softphone")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sip: Option<crate::SipAccount>,
}

impl Account {
    /// The properties that every call begins with, as text.
    pub(crate) fn call_texts(&self) -> Map {
        let text = |(name, value): (&str, &Value)| Some((name.to_owned(), value.read::<String>()?.into()));
        self.call_properties.iter().filter_map(text).collect()
    }
}

/// One of the user's own phone numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnNumber {
    /// A short name that is unique in the account; tests find the number by it.
    pub id: String,
    /// The name that the user sees.
    pub name: String,
    /// The number, in E.164.
    pub number: String,
}

/// A possible outcome of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposition {
    /// HubSpot's id of it (`hs_call_disposition`).
    pub id: String,
    /// The name that the user sees.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_stored_and_logged_without_its_token() {
        let session = Session { user: "ada".into(), token: Some(Token("secret".into())), account: Account::default() };
        assert_eq!(session.without_token(), Session { token: None, ..session.clone() });
        let logged = format!("{session:?}");
        assert!(logged.contains("Token(…)") && !logged.contains("secret"), "{logged}");
    }
}
