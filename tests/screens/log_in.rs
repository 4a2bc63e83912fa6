//! The log-in, and what the phone needs before the first call.

use super::number_field;
use super::support::{
    ALERT, HEADING, OTHER_SIDE, Query, Widget, button, field, link, logged_in, logged_out, session, show,
    show_without_log_in_answer, status,
};
use call_model::state::HostInfo;
use call_model::{Action, Capabilities, PhoneCommand, State, UserAction};
use calling_extensions::codec::Id;
use calling_extensions::message::IframeLocation;
use demo_app_rust::account::Credentials;
use demo_app_rust::i18n::{fill, texts};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test as test;

fn user_name() -> Query<'static> {
    field(texts().user_name)
}

fn log_in() -> Query<'static> {
    button(texts().log_in)
}

#[test]
async fn log_in_takes_what_was_typed() {
    let password = field(texts().password);
    let widget = show(logged_out()).await;
    widget.says(texts().log_in_title).await;
    widget.until_focused(user_name()).await;
    widget.enter(user_name(), "ada");
    widget.enter(password, "secret");
    widget.until("the form to have it", |widget| widget.value(password) == "secret").await;
    widget.click(log_in());
    widget.shows(number_field()).await;
    let given = Credentials::Password { user_name: "ada".into(), password: "secret".into() };
    assert!(widget.credentials() == [given]);
    assert_eq!(widget.sent(), ["LOGGED_IN"]);
}

#[test]
async fn log_in_works_with_nothing_typed() {
    let widget = show(logged_out()).await;
    widget.click(log_in());
    widget.shows(number_field()).await;
}

#[test]
async fn single_sign_on_needs_no_password() {
    let widget = show(logged_out()).await;
    widget.click(button(texts().sso));
    widget.shows(number_field()).await;
    assert!(widget.credentials() == [Credentials::SingleSignOn]);
}

#[test]
async fn log_out_goes_back_to_the_log_in() {
    let widget = show(logged_in()).await;
    widget.click(button(texts().log_out));
    widget.shows(log_in()).await;
    assert_eq!(widget.sent().last().map(String::as_str), Some("LOGGED_OUT"));
}

#[test]
async fn while_there_is_no_answer_the_log_in_says_so_and_sends_one_request() {
    let busy = button(texts().logging_in);
    let widget = show_without_log_in_answer(logged_out()).await;
    widget.enter(user_name(), "ada");
    widget.get(log_in()).focus().unwrap();
    widget.click(log_in());
    widget.shows(busy).await;
    assert!(widget.has(busy, "aria-disabled", "true"));
    widget.shows(status(texts().logging_in)).await;
    assert!(widget.has_focus(busy), "the focus stays where it is");
    for again in [busy, button(texts().sso)] {
        widget.click(again);
    }
    assert_eq!(widget.credentials().len(), 1);
    widget.runtime.dispatch(UserAction::LoggedIn(session()));
    widget.shows(number_field()).await;
}

#[test]
async fn a_user_who_is_refused_reads_why_and_can_try_again() {
    let refuse = |widget: &Widget| widget.runtime.dispatch(UserAction::LogInRefused("the password is wrong".into()));
    let widget = show_without_log_in_answer(logged_out()).await;
    widget.enter(user_name(), "ada");
    for attempt in 1..=2 {
        widget.click(log_in());
        widget.hides(ALERT).await;
        refuse(&widget);
        let alert = widget.shows(ALERT).await;
        assert_eq!(alert.inner_text().trim(), fill(texts().log_in_refused, "the password is wrong"));
        widget.shows(log_in()).await;
        assert_eq!((widget.credentials().len(), widget.value(user_name()).as_str()), (attempt, "ada"));
    }
}

#[test]
async fn the_calling_window_is_a_link_where_it_may_be_opened() {
    let window = link(texts().open_window);
    for (location, shown) in [
        (Some(IframeLocation::Remote), true),
        (Some(IframeLocation::Window), false),
        (Some(IframeLocation::Widget), false),
        (None, false),
    ] {
        let host = Rc::new(HostInfo {
            portal_id: Some(Id::from(62_515.0)),
            url: Some("https://app.hubspot.com".into()),
            uses_calling_window: Some(false),
            location,
            ..HostInfo::default()
        });
        for state in [logged_out(), logged_in()] {
            let widget = show(State { host: Some(host.clone()), ..state }).await;
            assert_eq!(widget.find(window).is_some(), shown, "{location:?}");
            if shown {
                let href = "https://app.hubspot.com/calling-integration-popup-ui/62515?usesCallingWindow=false";
                for (attribute, value) in [("href", href), ("target", "_blank"), ("rel", "noopener")] {
                    assert!(widget.has(window, attribute, value), "{attribute}");
                }
            }
        }
    }
}

#[test]
async fn without_the_microphone_the_user_can_be_asked_again_or_log_out() {
    let ask_again = button(texts().ask_again);
    let capabilities = Capabilities { microphone: true, ..Capabilities::ALL };
    let widget = show(State { capabilities, ..logged_out() }).await;
    widget.click(log_in());
    widget.shows(number_field()).await;
    assert_eq!(widget.microphone_requests(), 1);

    widget.runtime.dispatch(Action::Microphone(false));
    widget.says(texts().no_microphone_title).await;
    widget.says(texts().no_microphone).await;
    widget.until_focused(HEADING).await;
    widget.runtime.dispatch(UserAction::Dial(OTHER_SIDE.into()));
    assert_eq!(widget.phone_commands(), [] as [PhoneCommand; 0], "no silent call");
    widget.click(ask_again);
    assert_eq!(widget.microphone_requests(), 2);
    widget.runtime.dispatch(Action::Microphone(true));
    widget.shows(number_field()).await;

    widget.runtime.dispatch(Action::Microphone(false));
    widget.shows(ask_again).await;
    widget.click(button(texts().log_out));
    widget.shows(log_in()).await;
}
