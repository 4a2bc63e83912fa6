//! Checks of `Auth`.
//!
//! To run them against your own back end, see the top of `main.rs`: `contract!(own, || Setup { .. });`

use super::setup::Setup;
use call_model::phone_number;
use demo_app_rust::telephony::PhoneEvent;
use std::collections::BTreeSet;

pub async fn a_log_in_gives_an_account_that_can_be_used(setup: &Setup) {
    let session = setup.session().await;
    let (numbers, dispositions) = (&session.account.numbers, &session.account.dispositions);
    for own in numbers {
        assert!(own.number.starts_with('+'), "{} is not in E.164", own.number);
        assert_eq!(phone_number::dialable(&own.number).as_deref(), Ok(own.number.as_str()));
        assert!(!own.name.trim().is_empty(), "{} has no name", own.number);
    }
    let ids: BTreeSet<_> = numbers.iter().map(|own| &own.id).collect();
    assert_eq!(ids.len(), numbers.len(), "two numbers have the same id: {numbers:?}");
    for disposition in dispositions {
        assert!(!disposition.id.is_empty() && !disposition.name.trim().is_empty(), "{disposition:?}");
    }
    let ids: BTreeSet<_> = dispositions.iter().map(|disposition| &disposition.id).collect();
    assert_eq!(ids.len(), dispositions.len(), "two dispositions have the same id: {dispositions:?}");
}

/// As after a reload: the session comes from storage, without its token unless the back end wants it stored.
pub async fn a_stored_session_is_resumed_and_connects(setup: &Setup) {
    let session = setup.session().await;
    let providers = (setup.providers)();
    let stored = if providers.auth.stores_token() { session.clone() } else { session.without_token() };
    let resumed = providers.auth.resume(stored).await.unwrap();
    assert_eq!(resumed.user, session.user);
    let phone = setup.phone(providers.telephony, resumed);
    phone.connect();
    phone.until("the connection", |event| *event == PhoneEvent::Connected).await;
}

/// The widget never writes a token to the console, and neither does anything that writes a session there.
pub async fn a_token_is_in_no_log(setup: &Setup) {
    let session = setup.session().await;
    let written = format!("{session:?}");
    assert!(written.contains(&format!("{:?}", session.user)), "{written}");
    if let Some(token) = &session.token {
        assert!(!token.0.is_empty() && !written.contains(&token.0), "{written}");
    }
}

pub async fn refused_credentials_are_explained_to_the_user(setup: &Setup) {
    let refused = setup.refused.clone().unwrap();
    let error = (setup.providers)().auth.log_in(refused).await.unwrap_err();
    let text = error.to_string();
    // A sentence, and neither a code nor the name of an exception.
    assert!(text.trim().contains(' '), "{text:?}");
    for technical in ["Error:", "Err(", "TypeError", "{", "undefined", "null"] {
        assert!(!text.contains(technical), "{text:?}");
    }
}
