//! What is said below the screen.

use super::ALERT;
use super::support::{logged_in, show, talking};
use call_model::state::Link;
use call_model::{Action, CallId, Notice, PhoneCommand, PhoneEvent, PhoneNews, State};
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
async fn the_notice_says_where_the_messages_are_and_goes_away() {
    let widget = show(logged_in()).await;
    let text = "Open your console to see the incoming and outgoing messages with HubSpot.";
    widget.says(text).await;
    widget.click("[aria-label='Close this notice']");
    widget.until("the notice to go", |widget| !widget.text().contains(text)).await;
    assert!(widget.has_focus("main"), "the focus goes on to the screen");
}

#[test]
async fn what_went_wrong_is_told_one_after_the_other() {
    let failed = Notice::SaveFailed { reason: None, notes: "call back".into() };
    let widget = show(State { notices: vec![failed, Notice::RecordNotShown], ..logged_in() }).await;
    let alert = widget.shows("[role=alert]").await;
    assert!(alert.inner_text().contains("call back"), "the notes are not lost");
    widget.click("[role=alert] button");
    widget.says("could not open the record").await;
}

#[test]
async fn outside_of_hubspot_it_says_so_and_leads_to_the_simulator() {
    let widget = show(State { link: Link::NoFrame, ..logged_in() }).await;
    widget.says("This page is not in HubSpot.").await;
    assert_eq!(widget.get(".alert a").inner_text(), "simulator");
    assert!(widget.has(".alert a", "href", "./simulator/"), "in the folder that the widget is served from");
}

#[test]
async fn a_second_caller_hears_the_busy_tone_and_is_shown() {
    let widget = show(talking()).await;
    let news = PhoneNews::Incoming { from: "+16175550199".into(), to: "+16179483986".into() };
    widget.runtime.dispatch(Action::FromPhone(PhoneEvent { call: CallId::from("second"), news }));
    let alert = widget.shows(ALERT).await;
    let text = "+1 (617) 555-0199 called while you were on the phone and heard the busy tone.";
    assert_eq!(alert.inner_text().trim(), text);
    assert_eq!(widget.asked(), [PhoneCommand::RefuseAsBusy]);
    assert_eq!(widget.told(), [""; 0], "HubSpot knows of one call");
    assert!(widget.find("#mute").is_some(), "the first call goes on");
    widget.click("[role=alert] button");
    widget.until("the notice to go", |widget| widget.find(ALERT).is_none()).await;
}
