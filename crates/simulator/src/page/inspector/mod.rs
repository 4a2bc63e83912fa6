//! The panel with the messages, the findings and recordings.

mod filters;
mod findings;
mod replay;
mod row;
mod tools;

use self::{filters::Filters, findings::Findings, replay::ReplayBar, row::Row, tools::Tools};
use super::Panel;
use crate::{
    i18n::{fill, fill_all, texts},
    transcript::{Filter, Log, Messages, frames, view},
};
use std::collections::BTreeSet;
use yew::prelude::*;

/// The number of rows that are rendered at first.
const ROWS: usize = 200;

/// A recording that is shown instead of the live messages.
#[derive(Clone, PartialEq)]
pub struct Recording {
    name: String,
    messages: Messages,
}

/// The live messages, or a recording.
#[component]
pub fn Inspector(panel: &Panel) -> Html {
    let text = &texts().inspector;
    let filter = use_state_eq(Filter::default);
    let held = use_state_eq(|| None::<u64>);
    let limit = use_state_eq(|| ROWS);
    let open = use_state_eq(BTreeSet::<u64>::new);
    let wanted = use_state_eq(|| None::<u64>);
    let recording = use_state_eq(|| None::<Recording>);
    let notice = use_state_eq(|| None::<String>);

    let messages = recording.as_ref().map_or(&panel.messages, |recording| &recording.messages);
    let transcript = &messages.transcript;
    let paused_at = held.filter(|_| recording.is_none());
    let view = view(transcript, &filter, &messages.numbers_with_findings(), paused_at, *limit);
    let frames = frames(transcript);

    let on_open = {
        let open = open.clone();
        Callback::from(move |number: u64| {
            let mut numbers = BTreeSet::clone(&open);
            if !numbers.remove(&number) {
                numbers.insert(number);
            }
            open.set(numbers);
        })
    };
    // Resets the filter and the pause, which may hide the message.
    let on_go_to = {
        let (open, wanted, filter, held, limit) =
            (open.clone(), wanted.setter(), filter.setter(), held.setter(), limit.setter());
        let next = transcript.next();
        Callback::from(move |number: u64| {
            let mut numbers = BTreeSet::clone(&open);
            numbers.insert(number);
            open.set(numbers);
            filter.set(Filter::default());
            held.set(None);
            limit.set(ROWS.max((next.saturating_sub(number)) as usize + ROWS / 2));
            wanted.set(Some(number));
        })
    };
    {
        let seen = wanted.setter();
        use_effect_with(*wanted, move |wanted| {
            if let Some(number) = wanted {
                row::focus(*number);
                seen.set(None);
            }
        });
    }
    let on_import = {
        let (recording, notice, open, held) = (recording.setter(), notice.setter(), open.setter(), held.setter());
        Callback::from(move |(name, read): (String, Result<_, String>)| {
            open.set(BTreeSet::new());
            held.set(None);
            match read {
                Ok(transcript) => {
                    notice.set(None);
                    recording.set(Some(Recording { name, messages: Log::of(transcript).messages() }));
                }
                Err(why) => notice.set(Some(fill_all(texts().inspector.not_imported, &[&name, &why]))),
            }
        })
    };
    let on_clear = {
        let (hubspot, open, notice) = (panel.hubspot.clone(), open.setter(), notice.setter());
        Callback::from(move |()| {
            open.set(BTreeSet::new());
            notice.set(None);
            hubspot.clear_transcript();
        })
    };
    let on_only_with_findings = {
        let (setter, filter) = (filter.setter(), (*filter).clone());
        Callback::from(move |with_findings| setter.set(Filter { with_findings, ..filter.clone() }))
    };
    let on_pause = {
        let (held, next) = (held.clone(), panel.messages.transcript.next());
        Callback::from(move |()| held.set(if held.is_some() { None } else { Some(next) }))
    };
    let unfinished = if recording.is_none() { panel.hubspot.unfinished() } else { Vec::new() };
    let rows = view.rows.iter().map(|(number, entry)| {
        let frame = frames.iter().find(|(frame, _)| *frame == entry.frame).filter(|_| frames.len() > 1);
        html! {
            <Row
                key={*number}
                number={*number}
                entry={row::SharedEntry(entry.clone())}
                frame={frame.map(|(_, name)| AttrValue::from(name.clone()))}
                took={messages.round_trips.get(number).copied()}
                findings={messages.findings_of(*number).cloned().collect::<Vec<_>>()}
                is_open={open.contains(number)}
                on_open={on_open.clone()}
            />
        }
    });
    let nothing = if transcript.is_empty() { text.no_messages } else { text.no_matches };
    let show_more = {
        let (limit, more) = (limit.setter(), *limit + ROWS);
        move |_| limit.set(more)
    };
    let note = |template: &'static str, count: u64| {
        (count > 0).then(|| html! { <li>{ fill(template, &count.to_string()) }</li> })
    };
    html! {
        <section class="inspector">
            <Tools
                messages={messages.clone()}
                is_paused={paused_at.is_some()}
                is_live={recording.is_none()}
                {on_pause}
                {on_clear}
                {on_import}
            />
            if let Some(notice) = &*notice {
                <p class="error" role="alert">{ notice }</p>
            }
            if let Some(Recording { name, .. }) = &*recording {
                <div class="notice" data-test-id="recording">
                    <strong>{ fill(text.recording, name) }</strong>
                    <button
                        type="button"
                        class="button"
                        data-kind="link"
                        data-test-id="close-recording"
                        onclick={let recording = recording.setter(); move |_| recording.set(None)}
                    >
                        { text.close_recording }
                    </button>
                </div>
            }
            <ReplayBar hubspot={panel.hubspot.clone()} transcript={transcript.clone()} progress={panel.hubspot.replay_progress()} />
            <Findings
                findings={messages.findings.clone()}
                unlisted={messages.unlisted}
                {unfinished}
                first={transcript.first()}
                {on_go_to}
                only_with_findings={filter.with_findings}
                {on_only_with_findings}
            />
            <Filters filter={(*filter).clone()} frames={frames.clone()} on_change={let filter = filter.setter(); move |changed| filter.set(changed)} />
            <div role="status">
                <ul class="notes">
                    { note(text.waiting, view.waiting as u64) }
                    { note(text.filtered, view.filtered as u64) }
                    { note(text.dropped, transcript.dropped()) }
                </ul>
            </div>
            if view.rows.is_empty() {
                <p class="empty">{ nothing }</p>
            }
            <ol class="messages" aria-label={text.messages}>{ for rows }</ol>
            if view.older > 0 {
                <p class="older">
                    { fill(text.older, &view.older.to_string()) }
                    { " " }
                    <button type="button" class="button" data-kind="link" data-test-id="show-more" onclick={show_more}>
                        { text.show_more }
                    </button>
                </p>
            }
        </section>
    }
}
