//! The notices below the screen.

use super::support::{ALERT, MAIN, OWN_NUMBERS, button, logged_in, show, talking};
use call_model::{Action, CallEvent, CallId, HostLink, Notice, PhoneCommand, PhoneEvent, State, phone_number};
use demo_app_rust::i18n::{fill, texts};
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
async fn the_hint_says_where_the_messages_are_and_can_be_closed() {
    let text = texts().notice.concat();
    let widget = show(logged_in()).await;
    widget.says(&text).await;
    widget.click(button(texts().close_notice));
    widget.until("the hint to go", |widget| !widget.text().contains(&text)).await;
    assert!(widget.has_focus(MAIN), "the focus goes back to the screen");
}

#[test]
async fn notices_are_shown_one_after_the_other() {
    let failed = Notice::SaveFailed { reason: None, notes: "call back".into() };
    let widget = show(State { notices: vec![failed, Notice::RecordNotShown], ..logged_in() }).await;
    let alert = widget.shows(ALERT).await;
    assert!(alert.inner_text().contains("call back"), "the notes are not lost");
    widget.click(button(texts().close_notice));
    widget.says(texts().record_not_shown).await;
}

#[test]
async fn outside_of_hubspot_a_notice_says_so() {
    let widget = show(State { link: HostLink::NoFrame, ..logged_in() }).await;
    widget.says(texts().no_frame).await;
}

// <simulator>
#[test]
async fn outside_of_hubspot_there_is_a_link_to_the_simulator() {
    let widget = show(State { link: HostLink::NoFrame, ..logged_in() }).await;
    widget.says(&texts().in_simulator.concat()).await;
    let simulator = super::support::link(texts().in_simulator[1]);
    let location = gloo::utils::window().location();
    let address = match location.port().unwrap().parse::<u16>() {
        // While the widget is developed, the simulator is served at the next port.
        Ok(port) if cfg!(debug_assertions) => {
            format!("{}//{}:{}/", location.protocol().unwrap(), location.hostname().unwrap(), port + 1)
        }
        // In the folder that the widget is served from.
        _ => "./simulator/".to_owned(),
    };
    assert_eq!(widget.get(simulator).get_attribute("href"), Some(address));
}
// </simulator>

#[test]
async fn a_second_caller_gets_the_busy_tone_and_is_shown() {
    let widget = show(talking()).await;
    let event = CallEvent::Incoming { from: "+16175550199".into(), to: OWN_NUMBERS[0].into() };
    widget.runtime.dispatch(Action::Phone(PhoneEvent::Call { call: CallId::from("second"), event }));
    let alert = widget.shows(ALERT).await;
    let text = fill(texts().refused_call, &phone_number::display("+16175550199"));
    assert_eq!(alert.inner_text().trim(), text);
    assert_eq!(widget.phone_commands(), [PhoneCommand::RejectAsBusy]);
    assert_eq!(widget.sent(), [""; 0], "HubSpot knows of one call");
    assert!(widget.find(button(texts().mute)).is_some(), "the first call goes on");
    widget.click(button(texts().close_notice));
    widget.hides(ALERT).await;
}
