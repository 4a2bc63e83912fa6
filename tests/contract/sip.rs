//! The phone on SIP, with an exchange on this machine: `cargo xtask test --only sip` starts it.

use super::setup::Setup;
use super::{contract, refusing_contract};
use demo_app_rust::account::{Credentials, FetchAuth};
use demo_app_rust::providers::Providers;
use demo_app_rust::telephony::SipTelephony;
use std::rc::Rc;

/// Where the exchange serves the log-in.
const BACK_END: &str = match option_env!("BACK_END") {
    Some(server) => server,
    None => "",
};

fn setup() -> Setup {
    Setup {
        providers: || Providers {
            auth: Rc::new(FetchAuth { server: BACK_END }),
            telephony: Rc::new(SipTelephony::default()),
        },
        accepted: Credentials::Password { user_name: "alice".into(), password: "alicepw".into() },
        refused: Some(Credentials::Password { user_name: "alice".into(), password: "wrong".into() }),
        answers: "+16175550104",
        fails: "+16175550106",
        expire_tokens: None,
    }
}

contract!(providers, setup);
refusing_contract!(refusing, setup);
