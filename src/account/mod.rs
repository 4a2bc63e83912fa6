//! What a calling app knows of its user besides the phone: how to log in, the user's numbers, the outcomes of calls.
//! A fork puts its own in the place of `mock`.

pub mod mock;

/// What the user gives to be let in.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// A name and a password, as typed; both may be empty.
    Password {
        /// The name.
        user_name: String,
        /// The password.
        password: String,
    },
    /// Single sign-on: somebody else vouches for the user.
    SingleSignOn,
}

/// What comes of asking to be let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// The user is in.
    Granted,
    /// The user is not let in; the reason is shown.
    Refused {
        /// In words for the user.
        reason: String,
    },
}

/// Whoever knows the users.
pub trait Auth {
    /// Asks to let somebody in. The answer may come at any time, or at once.
    fn log_in(&self, credentials: Credentials, answer: Box<dyn FnOnce(Admission)>);
}

/// One of the user's own numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnNumber {
    /// A short name for tests and for the texts.
    pub id: &'static str,
    /// The number, in E.164.
    pub number: &'static str,
}

/// What can come of a call, in the words of the HubSpot account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disposition {
    /// HubSpot's id of it.
    pub id: &'static str,
    /// A short name for the texts.
    pub name: &'static str,
}
