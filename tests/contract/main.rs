//! What the widget expects of a phone system and of a back end: checks that any implementation of `Telephony` and `Auth` can be
//! run against, in a real browser.
//!
//! To check your own providers, describe them in a [`Setup`] as `mock` below does, and add one line:
//!
//! ```ignore
//! contract!(own, || Setup { providers: || Providers { auth: Rc::new(MyAuth), telephony: Rc::new(MyTelephony::new()) }, .. });
//! ```
//!
//! Each check is a test of its own. A back end that refuses credentials gets the checks of `refusing_contract!` as well, and a
//! phone system whose token can expire those of `token_contract!`. `cargo test --test contract --target wasm32-unknown-unknown`
//! with the environment of `cargo xtask test --only browser` runs them.
#![cfg(target_arch = "wasm32")]
// A test that cannot go on has failed; clippy knows tests by `#[test]` alone.
#![allow(clippy::unwrap_used, clippy::panic)]

mod auth;
mod example;
mod mock;
mod setup;
#[cfg(feature = "sip")]
mod sip;
mod telephony;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Makes one test of each check.
macro_rules! checks {
    ($setup:expr, $suite:ident: $($check:ident)*) => {$(
        #[wasm_bindgen_test::wasm_bindgen_test]
        async fn $check() {
            crate::$suite::$check(&$setup()).await;
        }
    )*};
}

/// The checks for any provider, as the tests of a module.
macro_rules! contract {
    ($module:ident, $setup:expr) => {
        mod $module {
            #[allow(unused_imports, reason = "a setup may be a path")]
            use super::*;

            crate::checks! { $setup, auth:
                a_log_in_gives_an_account_that_can_be_used
                a_stored_session_is_resumed_and_connects
                a_token_is_in_no_log
            }
            crate::checks! { $setup, telephony:
                a_connection_is_reported
                a_call_is_answered_once
                a_call_that_fails_ends_once
                events_name_the_call_that_they_are_about
                nothing_is_reported_after_disconnecting
                calls_before_connecting_are_not_made
                commands_for_unknown_calls_do_nothing
                a_second_connection_keeps_the_calls
                what_is_switched_is_reported
                a_transfer_is_reported
                an_incoming_call_is_reported_with_both_numbers
                a_call_is_resumed_by_a_new_instance
                a_call_that_was_ended_takes_no_commands
                a_call_goes_on_in_the_frame_that_takes_over
            }
        }
    };
}

/// For a back end that refuses credentials.
macro_rules! refusing_contract {
    ($module:ident, $setup:expr) => {
        mod $module {
            #[allow(unused_imports, reason = "a setup may be a path")]
            use super::*;

            crate::checks! { $setup, auth: refused_credentials_are_explained_to_the_user }
        }
    };
}

/// For a phone system whose sessions have a token.
macro_rules! token_contract {
    ($module:ident, $setup:expr) => {
        mod $module {
            #[allow(unused_imports, reason = "a setup may be a path")]
            use super::*;

            crate::checks! { $setup, telephony:
                a_token_that_is_refused_is_reported
                an_expired_token_is_reported_and_a_renewed_one_connects
            }
        }
    };
}

use {checks, contract, refusing_contract, token_contract};
