//! What goes wrong on purpose.

use super::{
    Panel,
    by_hand::ByHand,
    kit::{amount, switch},
};
use crate::{
    crm::Account,
    desk::{Action, FrameId},
    texts::texts,
    trouble::{Mischief, Trouble},
};
use calling_extensions::codec::{Map, Value};
use yew::prelude::*;

/// The numbers with a story in the mock phone of Demo App Rust.
const TEST_NUMBERS: [&str; 4] = ["+1 617 555 0101", "+1 617 555 0102", "+1 617 555 0103", "+1 617 555 0104"];

/// The switches and buttons of trouble.
#[component]
pub fn TroublePanel(panel: &Panel) -> Html {
    let words = &texts().trouble;
    let trouble = &panel.state.trouble;
    let set = |change: fn(&mut Trouble, bool)| {
        let (desk, trouble) = (panel.desk.clone(), trouble.clone());
        Callback::from(move |on| {
            let mut changed = trouble.clone();
            change(&mut changed, on);
            desk.dispatch(Action::SetTrouble(changed));
        })
    };
    let set_amount = |change: fn(&mut Trouble, u32)| {
        let (desk, trouble) = (panel.desk.clone(), trouble.clone());
        Callback::from(move |ms| {
            let mut changed = trouble.clone();
            change(&mut changed, ms);
            desk.dispatch(Action::SetTrouble(changed));
        })
    };
    html! {
        <div class="trouble">
            <div>
                <h2>{ words.title }</h2>
                <p class="soft">{ words.intro }</p>
            </div>
            { now(panel) }
            <section aria-labelledby="trouble-answers">
                <h3 id="trouble-answers">{ words.answers }</h3>
                { switch("trouble-creation-fails", words.creation_fails, words.creation_fails_hint, trouble.creation_fails,
                    set(|trouble, on| trouble.creation_fails = on)) }
                { switch("trouble-update-fails", words.update_fails, words.update_fails_hint, trouble.update_fails,
                    set(|trouble, on| trouble.update_fails = on)) }
                { switch("trouble-finalizing-fails", words.finalizing_fails, words.finalizing_fails_hint,
                    trouble.finalizing_fails, set(|trouble, on| trouble.finalizing_fails = on)) }
                { switch("trouble-navigation-fails", words.navigation_fails, words.navigation_fails_hint,
                    trouble.navigation_fails, set(|trouble, on| trouble.navigation_fails = on)) }
                { switch("trouble-matching-fails", words.matching_fails, words.matching_fails_hint, trouble.matching_fails,
                    set(|trouble, on| trouble.matching_fails = on)) }
                { switch("trouble-old-engagement-created", words.old_engagement_created, words.old_engagement_created_hint,
                    trouble.old_engagement_created, set(|trouble, on| trouble.old_engagement_created = on)) }
            </section>
            <section aria-labelledby="trouble-way">
                <h3 id="trouble-way">{ words.way }</h3>
                { amount("trouble-delay", words.delay, words.delay_hint, trouble.delay,
                    set_amount(|trouble, ms| trouble.delay = ms)) }
                { switch("trouble-duplicates", words.duplicates, words.duplicates_hint, trouble.duplicates,
                    set(|trouble, on| trouble.duplicates = on)) }
                { switch("trouble-reorders", words.reorders, words.reorders_hint, trouble.reorders,
                    set(|trouble, on| trouble.reorders = on)) }
                { switch("trouble-loses-next", words.loses_next, words.loses_next_hint, trouble.loses_next,
                    set(|trouble, on| trouble.loses_next = on)) }
            </section>
            <section aria-labelledby="trouble-loading">
                <h3 id="trouble-loading">{ words.loading }</h3>
                { amount("trouble-slow-load", words.slow_load, words.slow_load_hint, trouble.slow_load,
                    set_amount(|trouble, ms| trouble.slow_load = ms)) }
                { switch("trouble-wrong-host-url", words.wrong_host_url, words.wrong_host_url_hint, trouble.wrong_host_url,
                    set(|trouble, on| trouble.wrong_host_url = on)) }
            </section>
            <ByHand ..panel.clone() />
            { numbers() }
        </div>
    }
}

/// What happens at once.
fn now(panel: &Panel) -> Html {
    let words = &texts().trouble;
    let frame = panel.desk.frames().into_iter().next().map(|status| status.id);
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
    let mischief = |mischief: Mischief| {
        let desk = panel.desk.clone();
        button(name(mischief), Callback::from(move |frame| desk.dispatch(Action::Mischief { frame, mischief })))
    };
    let reload_host = panel.desk.clone();
    html! {
        <>
            <section aria-labelledby="trouble-now">
                <h3 id="trouble-now">{ words.now }</h3>
                if frame.is_none() {
                    <p class="soft">{ words.no_frame }</p>
                }
                <div class="buttons">
                    <button
                        type="button"
                        class="button"
                        data-test-id="trouble-reload-host"
                        onclick={move |_| reload_host.reload_page()}
                    >
                        { words.reload_host }
                    </button>
                    { button(("trouble-reload-frame", words.reload_frame), on_frame(|panel, frame| {
                        panel.desk.dispatch(Action::ReloadFrame { frame });
                    })) }
                    { button(("trouble-navigate", words.navigate), on_frame(navigate)) }
                    { button(("trouble-end-call", words.end_call), on_frame(|panel, _| panel.desk.dispatch(Action::EndCall))) }
                    { button(("trouble-set-call-state", words.set_call_state), on_frame(|panel, frame| {
                        let mut data = Map::new();
                        data.set("callState", "ENDED");
                        let data = Some(Value::Map(data));
                        panel.desk.dispatch(Action::Say { frame, kind: "SET_CALL_STATE".into(), data });
                    })) }
                </div>
            </section>
            <section aria-labelledby="trouble-garbage">
                <h3 id="trouble-garbage">{ words.garbage }</h3>
                <p class="soft">{ words.garbage_hint }</p>
                <div class="buttons">{ for Mischief::ALL.map(mischief) }</div>
            </section>
        </>
    }
}

/// HubSpot shows another record, and loads the frame anew as it does then.
fn navigate(panel: &Panel, frame: FrameId) {
    let others = Account::get().records.iter().map(|record| &record.id);
    let other = others.into_iter().find(|id| panel.record.as_ref() != Some(*id)).cloned();
    panel.on_go.emit(other);
    panel.desk.dispatch(Action::ReloadFrame { frame });
}

fn numbers() -> Html {
    let words = &texts().trouble;
    let stories = [words.busy, words.no_answer, words.drops, words.fails];
    let rows =
        TEST_NUMBERS.iter().zip(stories).map(|(number, story)| html! { <><dt>{ number }</dt><dd>{ story }</dd></> });
    html! {
        <section aria-labelledby="trouble-numbers">
            <h3 id="trouble-numbers">{ words.numbers }</h3>
            <p class="soft">{ words.numbers_hint }</p>
            <dl class="numbers">{ for rows }<dt>{ words.others }</dt><dd>{ words.answers_call }</dd></dl>
        </section>
    }
}

fn name(mischief: Mischief) -> (&'static str, &'static str) {
    let words = &texts().trouble;
    match mischief {
        Mischief::SecondSync => ("trouble-second-sync", words.second_sync),
        Mischief::UnknownType => ("trouble-unknown-type", words.unknown_type),
        Mischief::InheritedType => ("trouble-inherited-type", words.inherited_type),
        Mischief::Null => ("trouble-null", words.null),
        Mischief::Text => ("trouble-text", words.text),
        Mischief::NoType => ("trouble-no-type", words.no_type),
        Mischief::NoMessageId => ("trouble-no-message-id", words.no_message_id),
        Mischief::EmptyDialNumber => ("trouble-empty-dial-number", words.empty_dial_number),
        Mischief::MistypedMatches => ("trouble-mistyped-matches", words.mistyped_matches),
        Mischief::TooDeep => ("trouble-too-deep", words.too_deep),
        Mischief::TooLong => ("trouble-too-long", words.too_long),
    }
}
