//! Who may use the phone, and what it needs before the first call.

use super::support::{Widget, logged_in, show, show_with};
use super::{ALERT, FIELD};
use call_model::state::HostInfo;
use call_model::{Action, Capabilities, PhoneCommand, State};
use calling_extensions::codec::Id;
use calling_extensions::message::IframeLocation;
use demo_app_rust::account::Credentials;
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
async fn log_in_takes_what_was_typed() {
    let widget = show(State::new(Capabilities::ALL, "+16179483986")).await;
    widget.says("Log into your calling account").await;
    widget.until("the focus in the first field", |widget| widget.has_focus("#user-name")).await;
    widget.enter("#user-name", "ada");
    widget.enter("#password", "secret");
    widget.until("the form to have it", |widget| widget.value("#password") == "secret").await;
    widget.click("[data-test-id=log-in]");
    widget.shows(FIELD).await;
    let given = Credentials::Password { user_name: "ada".into(), password: "secret".into() };
    assert!(widget.credentials() == [given]);
    assert_eq!(widget.told(), ["LOGGED_IN"]);
}

#[test]
async fn log_in_works_with_nothing_typed() {
    let widget = show(State::new(Capabilities::ALL, "+16179483986")).await;
    widget.click("[data-test-id=log-in]");
    widget.shows(FIELD).await;
}

#[test]
async fn single_sign_on_needs_no_password() {
    let widget = show(State::new(Capabilities::ALL, "+16179483986")).await;
    widget.click("[data-test-id=log-in-sso]");
    widget.shows(FIELD).await;
    assert!(widget.credentials() == [Credentials::SingleSignOn]);
}

#[test]
async fn log_out_goes_back_to_the_log_in() {
    let widget = show(logged_in()).await;
    widget.click("[data-test-id=log-out]");
    widget.shows("[data-test-id=log-in]").await;
    assert_eq!(widget.told().last().map(String::as_str), Some("LOGGED_OUT"));
}

const LOG_IN: &str = "[data-test-id=log-in]";

#[test]
async fn while_the_answer_is_to_come_the_log_in_says_so_and_asks_once() {
    let widget = show_with(State::new(Capabilities::ALL, "+16179483986"), |_| ()).await;
    widget.enter("#user-name", "ada");
    widget.get(LOG_IN).focus().unwrap();
    widget.click(LOG_IN);
    widget.until("the button to be busy", |widget| widget.has(LOG_IN, "aria-disabled", "true")).await;
    assert_eq!(widget.get(LOG_IN).inner_text(), "Logging in …");
    assert_eq!(widget.get(".unseen[role=status]").inner_text(), "Logging in …", "it is announced");
    assert!(widget.has_focus(LOG_IN), "the focus stays where it is");
    for again in [LOG_IN, "[data-test-id=log-in-sso]"] {
        widget.click(again);
    }
    assert_eq!(widget.credentials().len(), 1);
    widget.runtime.dispatch(Action::LogIn);
    widget.shows(FIELD).await;
}

#[test]
async fn who_is_not_let_in_hears_why_and_can_try_again() {
    let refuse = |widget: &Widget| widget.runtime.dispatch(Action::LogInRefused("the password is wrong".into()));
    let widget = show_with(State::new(Capabilities::ALL, "+16179483986"), |_| ()).await;
    widget.enter("#user-name", "ada");
    for attempt in 1..=2 {
        widget.click(LOG_IN);
        widget.until("no notice", |widget| widget.find(ALERT).is_none()).await;
        refuse(&widget);
        let alert = widget.shows(ALERT).await;
        assert_eq!(alert.inner_text().trim(), "You could not be logged in: the password is wrong");
        assert_eq!(widget.get(LOG_IN).inner_text(), "Log in");
        assert_eq!((widget.credentials().len(), widget.value("#user-name").as_str()), (attempt, "ada"));
    }
}

#[test]
async fn the_calling_window_is_a_link_where_it_may_be_opened() {
    let link = "a[href*=calling-integration-popup-ui]";
    for (location, shown) in [
        (Some(IframeLocation::Remote), true),
        (Some(IframeLocation::Window), false),
        (Some(IframeLocation::Widget), false),
        (None, false),
    ] {
        let host = HostInfo {
            portal_id: Some(Id::from(62_515.0)),
            url: Some("https://app.hubspot.com".into()),
            uses_calling_window: Some(false),
            location,
            ..HostInfo::default()
        };
        for state in [State::new(Capabilities::ALL, "+16179483986"), logged_in()] {
            let widget = show(State { host: Some(host.clone()), ..state }).await;
            assert_eq!(widget.find(link).is_some(), shown, "{location:?}");
            if shown {
                let href = "https://app.hubspot.com/calling-integration-popup-ui/62515?usesCallingWindow=false";
                for (attribute, value) in [("href", href), ("target", "_blank"), ("rel", "noopener")] {
                    assert!(widget.has(link, attribute, value), "{attribute}");
                }
                assert_eq!(widget.get(link).text_content().as_deref(), Some("Open calling window"));
            }
        }
    }
}

#[test]
async fn without_the_microphone_there_is_a_screen_with_two_ways_on() {
    let capabilities = Capabilities { microphone: true, ..Capabilities::ALL };
    let widget = show(State::new(capabilities, "+16179483986")).await;
    widget.click(LOG_IN);
    widget.shows(FIELD).await;
    assert_eq!(widget.microphone_asked(), 1);

    widget.runtime.dispatch(Action::Microphone(false));
    widget.says("No microphone").await;
    widget.says("Nobody would hear you").await;
    widget.until("the focus on the heading", |widget| widget.has_focus("h1")).await;
    widget.runtime.dispatch(Action::Dial("+16175550100".into()));
    assert_eq!(widget.asked(), [] as [PhoneCommand; 0], "no silent call");
    widget.click("[data-test-id=ask-again]");
    assert_eq!(widget.microphone_asked(), 2);
    widget.runtime.dispatch(Action::Microphone(true));
    widget.shows(FIELD).await;

    widget.runtime.dispatch(Action::Microphone(false));
    widget.shows("[data-test-id=ask-again]").await;
    widget.click("[data-test-id=log-out]");
    widget.shows(LOG_IN).await;
}
