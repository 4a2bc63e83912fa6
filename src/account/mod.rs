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
///
/// Nothing waits here: a fork sends its request, moves `answer` into what runs when the reply is there, and returns. Until
/// then the log-in screen says that it is busy and asks nobody again. Hence answer in any case, and refuse with a reason
/// where the request fails or takes too long:
///
/// ```text
/// fn log_in(&self, credentials: Credentials, answer: Box<dyn FnOnce(Admission)>) {
///     spawn_local(async move {
///         answer(match post("/log-in", credentials).await {
///             Ok(reply) if reply.ok() => Admission::Granted,
///             Ok(_) => Admission::Refused { reason: "the name or the password is wrong".into() },
///             Err(error) => Admission::Refused { reason: error.to_string() },
///         });
///     });
/// }
/// ```
///
/// Single sign-on opens its page in a window of its own and answers when that is done.
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
