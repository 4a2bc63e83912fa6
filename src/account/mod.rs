//! The seam to the back end: how users log in, and what their account gives them. A fork writes its own [`Auth`] and names it in
//! `src/providers.rs`.

mod fetch;
mod mock;

pub use call_model::{Account, Disposition, OwnNumber, Session, Token};
pub use fetch::FetchAuth;
pub use mock::MockAuth;

use std::future::Future;
use std::pin::Pin;

/// What the user gives to log in.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// A name and a password, as typed; both may be empty.
    Password {
        /// The name.
        user_name: String,
        /// The password.
        password: String,
    },
    /// Single sign-on: an identity provider confirms who the user is.
    SingleSignOn,
}

/// Why a user was not logged in, or why a session could not be renewed. The text is shown to the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogInError {
    /// The back end refused it: a wrong password, an expired session.
    #[error("{0}")]
    Refused(String),
    /// The back end could not be reached, or did not answer as expected.
    #[error("{0}")]
    Unreachable(String),
}

/// A log-in in progress.
pub type LogIn<'a> = Pin<Box<dyn Future<Output = Result<Session, LogInError>> + 'a>>;

/// A back end that logs users in.
///
/// Implementations await their requests; see [`FetchAuth`] for one that uses fetch. A request that takes too long should
/// end with [`LogInError::Unreachable`]: until the future is ready the log-in screen is busy.
pub trait Auth {
    /// Logs a user in. Single sign-on opens a window of its own and is ready when that is done.
    fn log_in(&self, credentials: Credentials) -> LogIn<'_>;

    /// Renews a session: after a reload, when another frame takes over, and when the phone system says that the token has
    /// expired. After a reload the session has no token, unless [`Auth::stores_token`] says that it is stored. An error logs the
    /// user out.
    fn resume(&self, session: Session) -> LogIn<'_>;

    /// The user has logged out. Nothing waits for it.
    fn log_out(&self, session: &Session) {
        let _ = session;
    }

    /// Whether the token is written to session storage, where any script of this origin can read it. Leave it at `false` where
    /// [`Auth::resume`] gets a token by itself, for instance with a cookie.
    fn stores_token(&self) -> bool {
        false
    }
}
