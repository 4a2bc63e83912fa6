//! What goes wrong on purpose.

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

/// The numbers with a story in the mock phone of Demo App Rust.
const TEST_NUMBERS: [&str; 4] = ["+1 617 555 0101", "+1 617 555 0102", "+1 617 555 0103", "+1 617 555 0104"];

/// The switches and buttons of trouble.
#[component]
pub fn FaultsPanel(panel: &Panel) -> Html {
    let words = &texts().faults;
    let faults = &panel.state.faults;
    let set = |change: fn(&mut Faults, bool)| {
        let (hubspot, faults) = (panel.hubspot.clone(), faults.clone());
        Callback::from(move |on| {
            let mut changed = faults.clone();
            change(&mut changed, on);
            hubspot.dispatch(Action::SetFaults(changed));
        })
    };
    let set_amount = |change: fn(&mut Faults, u32)| {
        let (hubspot, faults) = (panel.hubspot.clone(), faults.clone());
        Callback::from(move |ms| {
            let mut changed = faults.clone();
            change(&mut changed, ms);
            hubspot.dispatch(Action::SetFaults(changed));
        })
    };
    html! {
        <div class="faults">
            <div>
                <h2>{ words.title }</h2>
                <p class="soft">{ words.intro }</p>
            </div>
            { now(panel) }
            <section aria-labelledby="faults-answers">
                <h3 id="faults-answers">{ words.answers }</h3>
                { switch("faults-creation-fails", words.creation_fails, words.creation_fails_hint, faults.creation_fails,
                    set(|faults, on| faults.creation_fails = on)) }
                { switch("faults-update-fails", words.update_fails, words.update_fails_hint, faults.update_fails,
                    set(|faults, on| faults.update_fails = on)) }
                { switch("faults-finalizing-fails", words.finalizing_fails, words.finalizing_fails_hint,
                    faults.finalizing_fails, set(|faults, on| faults.finalizing_fails = on)) }
                { switch("faults-navigation-fails", words.navigation_fails, words.navigation_fails_hint,
                    faults.navigation_fails, set(|faults, on| faults.navigation_fails = on)) }
                { switch("faults-matching-fails", words.matching_fails, words.matching_fails_hint, faults.matching_fails,
                    set(|faults, on| faults.matching_fails = on)) }
                { switch("faults-old-engagement-created", words.old_engagement_created, words.old_engagement_created_hint,
                    faults.old_engagement_created, set(|faults, on| faults.old_engagement_created = on)) }
            </section>
            <section aria-labelledby="faults-way">
                <h3 id="faults-way">{ words.way }</h3>
                { amount("faults-delay", words.delay, words.delay_hint, faults.delay,
                    set_amount(|faults, ms| faults.delay = ms)) }
                { switch("faults-duplicates", words.duplicates, words.duplicates_hint, faults.duplicates,
                    set(|faults, on| faults.duplicates = on)) }
                { switch("faults-reorders", words.reorders, words.reorders_hint, faults.reorders,
                    set(|faults, on| faults.reorders = on)) }
                { switch("faults-loses-next", words.loses_next, words.loses_next_hint, faults.loses_next,
                    set(|faults, on| faults.loses_next = on)) }
            </section>
            <section aria-labelledby="faults-loading">
                <h3 id="faults-loading">{ words.loading }</h3>
                { amount("faults-slow-load", words.slow_load, words.slow_load_hint, faults.slow_load,
                    set_amount(|faults, ms| faults.slow_load = ms)) }
                { switch("faults-wrong-host-url", words.wrong_host_url, words.wrong_host_url_hint, faults.wrong_host_url,
                    set(|faults, on| faults.wrong_host_url = on)) }
            </section>
            <MessageComposer ..panel.clone() />
            { numbers() }
        </div>
    }
}

/// What happens at once.
fn now(panel: &Panel) -> Html {
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
            <section aria-labelledby="faults-now">
                <h3 id="faults-now">{ words.now }</h3>
                if frame.is_none() {
                    <p class="soft">{ words.no_frame }</p>
                }
                <div class="buttons">
                    <button
                        type="button"
                        class="button"
                        data-test-id="faults-reload-host"
                        onclick={move |_| reload_host.reload_page()}
                    >
                        { words.reload_host }
                    </button>
                    { button(("faults-reload-frame", words.reload_frame), on_frame(|panel, frame| {
                        panel.hubspot.dispatch(Action::ReloadFrame { frame });
                    })) }
                    { button(("faults-navigate", words.navigate), on_frame(navigate)) }
                    { button(("faults-end-call", words.end_call), on_frame(|panel, _| panel.hubspot.dispatch(Action::EndCall))) }
                    { button(("faults-set-call-state", words.set_call_state), on_frame(|panel, frame| {
                        let mut data = Map::new();
                        data.set("callState", "ENDED");
                        let data = Some(Value::Map(data));
                        panel.hubspot.dispatch(Action::Send { frame, kind: "SET_CALL_STATE".into(), data });
                    })) }
                </div>
            </section>
            <section aria-labelledby="faults-garbage">
                <h3 id="faults-garbage">{ words.garbage }</h3>
                <p class="soft">{ words.garbage_hint }</p>
                <div class="buttons">{ for MalformedMessage::ALL.map(malformed) }</div>
            </section>
        </>
    }
}

/// HubSpot shows another record, and loads the frame anew as it does then.
fn navigate(panel: &Panel, frame: FrameId) {
    let others = Account::get().records.iter().map(|record| &record.id);
    let other = others.into_iter().find(|id| panel.record.as_ref() != Some(*id)).cloned();
    panel.on_go.emit(other);
    panel.hubspot.dispatch(Action::ReloadFrame { frame });
}

fn numbers() -> Html {
    let words = &texts().faults;
    let stories = [words.busy, words.no_answer, words.drops, words.fails];
    let rows =
        TEST_NUMBERS.iter().zip(stories).map(|(number, story)| html! { <><dt>{ number }</dt><dd>{ story }</dd></> });
    html! {
        <section aria-labelledby="faults-numbers">
            <h3 id="faults-numbers">{ words.numbers }</h3>
            <p class="soft">{ words.numbers_hint }</p>
            <dl class="numbers">{ for rows }<dt>{ words.others }</dt><dd>{ words.answers_call }</dd></dl>
        </section>
    }
}

fn name(malformed: MalformedMessage) -> (&'static str, &'static str) {
    let words = &texts().faults;
    match malformed {
        MalformedMessage::SecondSync => ("faults-second-sync", words.second_sync),
        MalformedMessage::UnknownType => ("faults-unknown-type", words.unknown_type),
        MalformedMessage::InheritedType => ("faults-inherited-type", words.inherited_type),
        MalformedMessage::Null => ("faults-null", words.null),
        MalformedMessage::Text => ("faults-text", words.text),
        MalformedMessage::NoType => ("faults-no-type", words.no_type),
        MalformedMessage::NoMessageId => ("faults-no-message-id", words.no_message_id),
        MalformedMessage::EmptyDialNumber => ("faults-empty-dial-number", words.empty_dial_number),
        MalformedMessage::MistypedMatches => ("faults-mistyped-matches", words.mistyped_matches),
        MalformedMessage::TooDeep => ("faults-too-deep", words.too_deep),
        MalformedMessage::TooLong => ("faults-too-long", words.too_long),
    }
}
