//! A change renders the components that show it, and no other.

use super::recorder::Recorder;
use super::support::{
    OTHER_SIDE, TIMER, account, button, field, group, in_call, logged_in, menu_item, show, status, talking,
};
use super::wrap_up::over;
use super::{call_button, notes_field, number_field};
use call_model::{Action, CallEvent, CallPhase, EndReason, EngagementState, Finalize, UserAction, phone_number};
use calling_extensions::codec::{Id, Map, Value};
use calling_extensions::message::{HostMessage, Message};
use demo_app_rust::config::COUNTRY_PREFIX;
use demo_app_rust::i18n::{clock, texts};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
async fn a_second_renders_the_timer_and_changes_its_text() {
    let mut wrap_up = in_call(over(EndReason::HungUp, Finalize::No));
    wrap_up.call.as_mut().unwrap().engagement = EngagementState::Known(Id::from(7.0));
    let shown = clock(1);
    for state in [in_call(CallPhase::Dialing), talking(), wrap_up] {
        let screen = state.screen();
        let widget = show(state).await;
        let recorder = Recorder::new(&widget);
        widget.set_time(1_000.0);
        let tick = async || widget.until("the next second", |widget| widget.get(TIMER).inner_text() == shown).await;
        let cost = recorder.cost_of(tick).await;
        assert_eq!((cost.renders, cost.notifications), (1, 0), "{screen:?}: {cost:?}");
        assert_eq!(cost.mutations.len(), 1, "{screen:?}: {cost:?}");
        assert!(cost.is_in(&widget.get(TIMER)) && cost.changed().contains("characterData"), "{screen:?}: {cost:?}");
    }
}

#[test]
async fn a_key_changes_the_text_of_the_field_and_renders_nothing() {
    let widget = show(logged_in()).await;
    let recorder = Recorder::new(&widget);
    widget.enter(number_field(), "+1617555");
    widget.until_enabled(call_button()).await;
    for (name, shown) in [("0", "+16175550"), ("1", "+161755501"), (texts().backspace, "+16175550")] {
        let cost = recorder.cost_of(async || widget.click(button(name))).await;
        assert!(cost.is_nothing(), "{name}: {cost:?}");
        assert_eq!(widget.value(number_field()), shown);
    }
    let cost = recorder.cost_of(async || widget.enter(number_field(), OTHER_SIDE)).await;
    assert!(cost.is_nothing(), "typing: {cost:?}");
}

#[test]
async fn the_key_that_makes_a_number_complete_changes_the_call_button_alone() {
    let widget = show(logged_in()).await;
    let recorder = Recorder::new(&widget);
    widget.until("the country prefix", |widget| widget.value(number_field()) == COUNTRY_PREFIX).await;
    widget.enter(number_field(), "+16");
    let cost = recorder.cost_of(async || widget.click(button("1"))).await;
    assert!(!widget.is_disabled(call_button()));
    assert!(cost.is_in(&widget.get(call_button())), "{cost:?}");
    assert_eq!(cost.changed().into_iter().collect::<Vec<_>>(), ["disabled"]);
}

#[test]
async fn an_action_that_makes_no_sense_costs_nothing() {
    let widget = show(logged_in()).await;
    let recorder = Recorder::new(&widget);
    for action in [UserAction::Answer, UserAction::HangUp, UserAction::SetAvailable(false), UserAction::SaveCall] {
        let ignored = widget.ignored();
        let cost = recorder.cost_of(async || widget.runtime.dispatch(action.clone())).await;
        assert_eq!(widget.ignored(), ignored + 1, "{action:?}");
        assert!(cost.is_nothing(), "{action:?}: {cost:?}");
    }
}

#[test]
async fn a_message_that_changes_nothing_on_the_screen_renders_nothing() {
    let widget = show(talking()).await;
    let recorder = Recorder::new(&widget);
    for kind in ["SET_WIDGET_URL_FAILED", "UPDATE_ENGAGEMENT_SUCCEEDED", "FINALIZE_ENGAGEMENT_SUCCEEDED"] {
        let message = HostMessage::decode(kind, None).unwrap();
        let cost = recorder.cost_of(async || widget.runtime.dispatch(Action::HubSpot(message))).await;
        assert!(cost.is_nothing(), "{kind}: {cost:?}");
    }
    // The state changes, and nothing of it is shown.
    let mut data = Map::new();
    data.set("isHidden", true);
    let message = HostMessage::decode("VISIBILITY_CHANGED", Some(&Value::Map(data))).unwrap();
    let cost = recorder.cost_of(async || widget.runtime.dispatch(Action::HubSpot(message))).await;
    assert!(widget.runtime.state().hidden);
    assert_eq!((cost.renders, cost.notifications, cost.mutations.len()), (0, 1, 0), "{cost:?}");
}

#[test]
async fn many_actions_in_one_task_notify_once() {
    let widget = show(talking()).await;
    let recorder = Recorder::new(&widget);
    let call = widget.runtime.state().call.as_ref().unwrap().id.clone();
    let dispatch = async || {
        for revision in 1..=100 {
            let call = call.clone();
            widget.runtime.dispatch(UserAction::SetNotes { call, text: revision.to_string(), revision });
        }
    };
    let cost = recorder.cost_of(dispatch).await;
    assert_eq!(cost.notifications, 1, "{cost:?}");
    assert_eq!(widget.value(notes_field()), "100");
}

#[test]
async fn notes_render_the_notes_alone() {
    let widget = show(talking()).await;
    let recorder = Recorder::new(&widget);
    let cost = recorder.cost_of(async || widget.enter(notes_field(), "call back")).await;
    assert_eq!(widget.runtime.state().call.as_ref().unwrap().notes, "call back");
    // The notes, and the text area in them.
    assert_eq!((cost.renders, cost.mutations.len()), (2, 0), "{cost:?}");
}

#[test]
async fn a_digit_in_a_call_renders_the_line_of_digits_and_no_key() {
    let widget = show(talking()).await;
    let recorder = Recorder::new(&widget);
    widget.click(button(texts().keypad));
    widget.shows(group(texts().keys)).await;
    for key in ["1", "2"] {
        let cost = recorder.cost_of(async || widget.click(button(key))).await;
        assert_eq!(cost.renders, 1, "{cost:?}");
        assert!(!cost.mutations.is_empty() && cost.is_in(&widget.get(status(texts().digits_sent))), "{cost:?}");
    }
}

#[test]
async fn what_the_phone_system_reports_changes_its_control_alone() {
    let widget = show(talking()).await;
    let recorder = Recorder::new(&widget);
    let cost = recorder.cost_of(async || widget.report(CallEvent::Muted(true))).await;
    let mute = widget.get(button(texts().mute));
    assert!(!cost.mutations.is_empty() && cost.is_in(&mute), "{cost:?}");
}

#[test]
async fn the_choice_of_a_number_changes_its_menu_alone() {
    let own = &account().numbers[1];
    let (first, second) = (phone_number::display(&account().numbers[0].number), phone_number::display(&own.number));
    let widget = show(logged_in()).await;
    let recorder = Recorder::new(&widget);
    widget.click(button(&first));
    let item = format!("{} {second}", own.name);
    widget.shows(menu_item(&item)).await;
    let menu = widget.get(button(&first)).parent_element().unwrap();
    let cost = recorder.cost_of(async || widget.click(menu_item(&item))).await;
    widget.shows(button(&second)).await;
    assert!(!cost.mutations.is_empty() && cost.is_in(menu.dyn_ref().unwrap()), "{cost:?}");
}

#[test]
async fn the_recorder_sees_renders_mutations_and_notifications() {
    let widget = show(logged_in()).await;
    let recorder = Recorder::new(&widget);
    let cost = recorder.cost_of(async || widget.runtime.dispatch(UserAction::Dial(OTHER_SIDE.into()))).await;
    assert!(cost.renders > 1 && cost.notifications == 1 && cost.changed().contains("childList"), "{cost:?}");
    assert!(widget.find(field(texts().phone_number)).is_none());
}
