//! The panel for fault injection.

use super::{
    Panel,
    kit::{amount, switch},
    message_composer::MessageComposer,
};
use crate::{
    crm::Account,
    faults::{Faults, MalformedMessage},
    hubspot::{Action, FrameId},
    i18n::texts,
};
use calling_extensions::codec::{Map, Value};
use yew::prelude::*;

/// The test numbers of the mock phone of this project's widget.
const TEST_NUMBERS: [&str; 4] = ["+1 617 555 0101", "+1 617 555 0102", "+1 617 555 0103", "+1 617 555 0104"];

/// The faults, and buttons for actions and malformed messages.
#[component]
pub fn FaultsPanel(panel: &Panel) -> Html {
    let words = &texts().faults;
    let faults = &panel.state.faults;
    html! {
        <div class="faults">
            <div>
                <h2>{ words.title }</h2>
                <p class="soft">{ words.intro }</p>
            </div>
            { actions(panel) }
            <section aria-labelledby="fault-answers">
                <h3 id="fault-answers">{ words.answers }</h3>
                { switch("fault-creation-fails", words.creation_fails, words.creation_fails_hint, faults.creation_fails,
                    set(panel, |faults, on| faults.creation_fails = on)) }
                { switch("fault-update-fails", words.update_fails, words.update_fails_hint, faults.update_fails,
                    set(panel, |faults, on| faults.update_fails = on)) }
                { switch("fault-finalizing-fails", words.finalizing_fails, words.finalizing_fails_hint,
                    faults.finalizing_fails, set(panel, |faults, on| faults.finalizing_fails = on)) }
                { switch("fault-navigation-fails", words.navigation_fails, words.navigation_fails_hint,
                    faults.navigation_fails, set(panel, |faults, on| faults.navigation_fails = on)) }
                { switch("fault-matching-fails", words.matching_fails, words.matching_fails_hint, faults.matching_fails,
                    set(panel, |faults, on| faults.matching_fails = on)) }
                { switch("fault-old-engagement-created", words.old_engagement_created, words.old_engagement_created_hint,
                    faults.old_engagement_created, set(panel, |faults, on| faults.old_engagement_created = on)) }
            </section>
            <section aria-labelledby="fault-delivery">
                <h3 id="fault-delivery">{ words.delivery }</h3>
                { amount("fault-delay", words.delay, words.delay_hint, faults.delay,
                    set(panel, |faults, ms| faults.delay = ms)) }
                { switch("fault-duplicates", words.duplicates, words.duplicates_hint, faults.duplicates,
                    set(panel, |faults, on| faults.duplicates = on)) }
                { switch("fault-reorders", words.reorders, words.reorders_hint, faults.reorders,
                    set(panel, |faults, on| faults.reorders = on)) }
                { switch("fault-loses-next", words.loses_next, words.loses_next_hint, faults.loses_next,
                    set(panel, |faults, on| faults.loses_next = on)) }
            </section>
            <section aria-labelledby="fault-loading">
                <h3 id="fault-loading">{ words.loading }</h3>
                { amount("fault-slow-load", words.slow_load, words.slow_load_hint, faults.slow_load,
                    set(panel, |faults, ms| faults.slow_load = ms)) }
                { switch("fault-wrong-host-url", words.wrong_host_url, words.wrong_host_url_hint, faults.wrong_host_url,
                    set(panel, |faults, on| faults.wrong_host_url = on)) }
            </section>
            <MessageComposer ..panel.clone() />
            { numbers() }
        </div>
    }
}

/// A callback that changes a field of the active faults.
fn set<T: 'static>(panel: &Panel, change: fn(&mut Faults, T)) -> Callback<T> {
    let (hubspot, faults) = (panel.hubspot.clone(), panel.state.faults.clone());
    Callback::from(move |value| {
        let mut changed = faults.clone();
        change(&mut changed, value);
        hubspot.dispatch(Action::SetFaults(changed));
    })
}

/// Buttons with an immediate effect.
fn actions(panel: &Panel) -> Html {
    let words = &texts().faults;
    let frame = panel.hubspot.frames().into_iter().next().map(|status| status.id);
    let button = |(test_id, label): (&'static str, &'static str), act: Callback<FrameId>| {
        let disabled = frame.is_none();
        let frame = frame.clone();
        let onclick = move |_| frame.iter().cloned().for_each(|frame| act.emit(frame));
        html! { <button type="button" class="button" {disabled} data-test-id={test_id} {onclick}>{ label }</button> }
    };
    let on_frame = |act: fn(&Panel, FrameId)| {
        let panel = panel.clone();
        Callback::from(move |frame| act(&panel, frame))
    };
    let malformed = |malformed: MalformedMessage| {
        let hubspot = panel.hubspot.clone();
        button(
            name(malformed),
            Callback::from(move |frame| hubspot.dispatch(Action::SendMalformed { frame, malformed })),
        )
    };
    let reload_host = panel.hubspot.clone();
    html! {
        <>
            <section aria-labelledby="fault-actions">
                <h3 id="fault-actions">{ words.actions }</h3>
                if frame.is_none() {
                    <p class="soft">{ words.no_frame }</p>
                }
                <div class="buttons">
                    <button
                        type="button"
                        class="button"
                        data-test-id="fault-reload-host"
                        onclick={move |_| reload_host.reload_page()}
                    >
                        { words.reload_host }
                    </button>
                    { button(("fault-reload-frame", words.reload_frame), on_frame(|panel, frame| {
                        panel.hubspot.dispatch(Action::ReloadFrame { frame });
                    })) }
                    { button(("fault-navigate", words.navigate), on_frame(navigate)) }
                    { button(("fault-end-call", words.end_call), on_frame(|panel, _| panel.hubspot.dispatch(Action::EndCall))) }
                    { button(("fault-set-call-state", words.set_call_state), on_frame(|panel, frame| {
                        let mut data = Map::new();
                        data.set("callState", "ENDED");
                        let data = Some(Value::Map(data));
                        panel.hubspot.dispatch(Action::Send { frame, kind: "SET_CALL_STATE".into(), data });
                    })) }
                </div>
            </section>
            <section aria-labelledby="fault-malformed">
                <h3 id="fault-malformed">{ words.malformed }</h3>
                <p class="soft">{ words.malformed_hint }</p>
                <div class="buttons">{ for MalformedMessage::ALL.map(malformed) }</div>
            </section>
        </>
    }
}

/// Opens another record and reloads the frame, as HubSpot does.
fn navigate(panel: &Panel, frame: FrameId) {
    let others = Account::get().records.iter().map(|record| &record.id);
    let other = others.into_iter().find(|id| panel.record.as_ref() != Some(*id)).cloned();
    panel.on_go.emit(other);
    panel.hubspot.dispatch(Action::ReloadFrame { frame });
}

fn numbers() -> Html {
    let words = &texts().faults;
    let behaviors = [words.busy, words.no_answer, words.drops, words.fails];
    let rows = TEST_NUMBERS
        .iter()
        .zip(behaviors)
        .map(|(number, behavior)| html! { <><dt>{ number }</dt><dd>{ behavior }</dd></> });
    html! {
        <section aria-labelledby="fault-numbers">
            <h3 id="fault-numbers">{ words.numbers }</h3>
            <p class="soft">{ words.numbers_hint }</p>
            <dl class="numbers">{ for rows }<dt>{ words.others }</dt><dd>{ words.answers_call }</dd></dl>
        </section>
    }
}

fn name(malformed: MalformedMessage) -> (&'static str, &'static str) {
    let words = &texts().faults;
    match malformed {
        MalformedMessage::SecondSync => ("fault-second-sync", words.second_sync),
        MalformedMessage::UnknownType => ("fault-unknown-type", words.unknown_type),
        MalformedMessage::InheritedType => ("fault-inherited-type", words.inherited_type),
        MalformedMessage::Null => ("fault-null", words.null),
        MalformedMessage::Text => ("fault-text", words.text),
        MalformedMessage::NoType => ("fault-no-type", words.no_type),
        MalformedMessage::NoMessageId => ("fault-no-message-id", words.no_message_id),
        MalformedMessage::EmptyDialNumber => ("fault-empty-dial-number", words.empty_dial_number),
        MalformedMessage::MistypedMatches => ("fault-mistyped-matches", words.mistyped_matches),
        MalformedMessage::TooDeep => ("fault-too-deep", words.too_deep),
        MalformedMessage::TooLong => ("fault-too-long", words.too_long),
    }
}
