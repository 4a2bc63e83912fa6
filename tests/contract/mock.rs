//! The mocks.

use super::contract;
use super::setup::Setup;
use demo_app_rust::account::{Credentials, MockAuth};
use demo_app_rust::providers::Providers;
use demo_app_rust::telephony::MockTelephony;
use std::rc::Rc;

fn setup() -> Setup {
    Setup {
        providers: || Providers { auth: Rc::new(MockAuth), telephony: Rc::new(MockTelephony::default()) },
        accepted: Credentials::Password { user_name: "ada".into(), password: "secret".into() },
        refused: None,
        answers: "+16175550110",
        fails: "+16175550104",
        expire_tokens: None,
    }
}

contract!(providers, setup);
