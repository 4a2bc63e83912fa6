//! The phone system and the log-in of this app. A fork names its own in `own`, and nowhere else.

use std::rc::Rc;

use crate::account::{Auth, MockAuth};
use crate::telephony::{MockTelephony, Telephony};

/// What the app is connected to besides HubSpot.
#[derive(Clone)]
pub struct Providers {
    /// Logs users in.
    pub auth: Rc<dyn Auth>,
    /// Makes their calls.
    pub telephony: Rc<dyn Telephony>,
}

impl Providers {
    /// The app's providers. With the feature `mock`, which the tests are built with, these are always the mocks.
    pub fn new() -> Self {
        if cfg!(feature = "mock") { mock() } else { own() }
    }
}

impl Default for Providers {
    fn default() -> Self {
        Self::new()
    }
}

/// Providers are compared by identity.
impl PartialEq for Providers {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.auth, &other.auth) && Rc::ptr_eq(&self.telephony, &other.telephony)
    }
}

/// The providers of this app. In the template these are the mocks. A fork declares its modules at the top of this file
/// (`pub mod auth;` and `pub mod telephony;`, in `src/providers/`), and names them here.
#[cfg(not(feature = "sip"))]
fn own() -> Providers {
    mock()
}

/// A phone on SIP, with a log-in by fetch whose session has the account for the exchange.
#[cfg(feature = "sip")]
fn own() -> Providers {
    use crate::account::FetchAuth;
    use crate::telephony::SipTelephony;
    Providers {
        auth: Rc::new(FetchAuth { server: crate::config::BACK_END }),
        telephony: Rc::new(SipTelephony::default()),
    }
}

fn mock() -> Providers {
    Providers { auth: Rc::new(MockAuth), telephony: Rc::new(MockTelephony::default()) }
}
