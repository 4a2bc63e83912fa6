//! What several screens share: the clock of a call, who is called, the words for reasons and notices.

use call_model::state::{HostInfo, Screen};
use call_model::{Call, EndReason, Notice, Phase, State, phone_number};
use calling_extensions::message::OpenIn;
use yew::prelude::*;

use crate::components::{Button, ButtonVariant, Glyph, TextArea, icon};
use crate::hooks::Cti;
use crate::texts::{clock, fill, texts};

/// The picture above the title; waves go out from it while somebody's phone rings.
pub fn portrait(glyph: Glyph, rings: bool) -> Html {
    html! {
        <div class="portrait" data-rings={rings.then_some("")} aria-hidden="true">
            { icon(glyph, "30") }
        </div>
    }
}

/// How long it has been: the only thing on a screen that changes every second.
pub fn timer(seconds: u32) -> Html {
    html! { <span role="timer">{ clock(seconds) }</span> }
}

/// Since when the screen's timer runs, in milliseconds since 1970; absent while there is none on it.
pub fn timed_since(state: &State) -> Option<f64> {
    let call = state.call.as_ref()?;
    match call.phase {
        Phase::Dialing => Some(call.started_at),
        Phase::Ringing => None,
        Phase::Talking { since, .. } => Some(since),
        Phase::WrapUp { ended_at, .. } => Some(ended_at),
    }
}

/// The line under the title of a call.
pub fn status(children: Html) -> Html {
    html! { <div class="status">{ children }</div> }
}

/// Takes the room that the controls of a call have on its next screen, so that the button under it stays in its place.
pub fn gap() -> Html {
    html! { <div class="gap" /> }
}

/// Ends the call, whatever it is doing.
pub fn end_call(cti: &Cti, text: &'static str) -> Html {
    Button { variant: ButtonVariant::Danger, glyph: Some(Glyph::HangUp), test_id: Some("end-call"), ..Button::PLAIN }
        .view(text.into(), on_click(cti, Cti::hang_up))
}

/// A click that is a verb.
pub fn on_click(cti: &Cti, verb: fn(&Cti)) -> Option<Callback<MouseEvent>> {
    let cti = cti.clone();
    Some(Callback::from(move |_| verb(&cti)))
}

/// The notes of the call.
pub fn notes(cti: &Cti, call: &Call, hidden: bool, focus: bool) -> Html {
    let (texts, cti) = (texts(), cti.clone());
    let area = TextArea { id: "callingnotes", label: texts.notes, placeholder: texts.notes_hint, hidden, focus };
    area.view(call.notes.clone().into(), Callback::from(move |notes| cti.set_notes(notes)))
}

/// A row of buttons.
pub fn buttons(children: Html) -> Html {
    html! { <div class="buttons">{ children }</div> }
}

/// Who may be calling or be called, by name; a record without any name is left out. With their places in the list of matches.
pub fn caller_names(call: &Call) -> Vec<(usize, String)> {
    let name = |parts: [&Option<String>; 2]| {
        let parts: Vec<&str> =
            parts.into_iter().flatten().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let names = call.callers.iter().map(|caller| {
        name([&caller.first_name, &caller.last_name])
            .or_else(|| name([&caller.name, &None]))
            .or_else(|| name([&caller.email, &None]))
    });
    names.enumerate().filter_map(|(place, name)| Some((place, name?))).collect()
}

/// The ways to the records that may be the other side's: in the tab that HubSpot is open in, and in a new one.
pub fn records(cti: &Cti, call: &Call) -> Html {
    let texts = texts();
    let names = caller_names(call);
    let only = names.len() == 1;
    let opens = |place: usize, button: Button, text: AttrValue, open_in: OpenIn| {
        let cti = cti.clone();
        button.view(text, Some(Callback::from(move |_| cti.open_record(place, open_in))))
    };
    let here = Button { variant: ButtonVariant::Link, ..Button::PLAIN };
    let tab = Button { variant: ButtonVariant::Icon, glyph: Some(Glyph::External), ..Button::PLAIN };
    let record = |(place, name): (usize, String)| {
        if call.callers.get(place).is_none_or(|caller| caller.object_coordinates.is_none()) {
            // It has a name and nothing to open; the name of an only one is the title.
            return if only {
                Html::default()
            } else {
                html! { <li>{ name }</li> }
            };
        }
        let in_tab = fill(texts.open_in_tab, &name).into();
        let name = if only { texts.open_record.into() } else { name.into() };
        html! { <li>{ opens(place, here, name, OpenIn::CurrentTab) }{ opens(place, tab, in_tab, OpenIn::NewTab) }</li> }
    };
    if names.is_empty() {
        return Html::default();
    }
    html! { <ul class="records">{ for names.into_iter().map(record) }</ul> }
}

/// The way to HubSpot's calling window, for the frame that may open it. A link and no verb: a browser opens a window only for the
/// page that was clicked in, and that may not be the one that acts.
pub fn calling_window(state: &State) -> Html {
    let Some(href) = state.host.as_ref().and_then(HostInfo::calling_window) else { return Html::default() };
    let text = texts().open_window;
    html! {
        <a class="button" data-kind="link" {href} target="_blank" rel="noopener" title={text}>
            { icon(Glyph::External, "20") }
            <span>{ text }</span>
        </a>
    }
}

/// The other side of a call: the name when there is exactly one, else the number.
pub fn other_side(call: &Call) -> String {
    match caller_names(call).as_slice() {
        [(_, name)] => name.clone(),
        _ => phone_number::display(&call.number),
    }
}

/// Why a call is over.
pub fn reason_text(reason: EndReason) -> &'static str {
    let texts = texts();
    match reason {
        EndReason::HungUp => texts.reason_hung_up,
        EndReason::OtherHungUp => texts.reason_other_hung_up,
        EndReason::EndedInHubSpot => texts.reason_ended_in_hubspot,
        EndReason::Canceled => texts.reason_canceled,
        EndReason::Busy => texts.reason_busy,
        EndReason::NotAnswered => texts.reason_no_answer,
        EndReason::Failed => texts.reason_failed,
        EndReason::Dropped => texts.reason_dropped,
        EndReason::Rejected => texts.reason_rejected,
        EndReason::Missed => texts.reason_missed,
        EndReason::Transferred => texts.reason_transferred,
    }
}

/// What a screen reader says when the phone has changed its state; empty where the screen itself says it all.
pub fn announcement(state: &State) -> AttrValue {
    let texts = texts();
    match (state.screen(), &state.call) {
        (Screen::Login, _) if state.logging_in => texts.logging_in.into(),
        (Screen::Incoming, Some(call)) => fill(texts.incoming_from, &other_side(call)).into(),
        (Screen::Calling, _) => texts.answered.into(),
        (Screen::CallEnded, Some(Call { phase: Phase::WrapUp { reason, .. }, .. })) => reason_text(*reason).into(),
        _ => AttrValue::default(),
    }
}

/// A notice in words, and the notes that it saves from being lost.
pub fn notice_text(notice: &Notice) -> (String, Option<String>) {
    let texts = texts();
    let with = |text: &str, reason: &Option<String>| match reason {
        Some(reason) => [text, " (", reason, ")"].concat(),
        None => text.to_owned(),
    };
    let text = match notice {
        Notice::LogInRefused { reason } => fill(texts.log_in_refused, reason),
        Notice::EngagementFailed { reason } => with(texts.engagement_failed, reason),
        Notice::SaveFailed { reason, notes } => {
            return (with(texts.save_failed, reason), (!notes.is_empty()).then(|| notes.clone()));
        }
        Notice::FinalizeFailed => texts.finalize_failed.to_owned(),
        Notice::RecordNotShown => texts.record_not_shown.to_owned(),
        Notice::CannotDial { number } => fill(texts.cannot_dial, number),
        Notice::RefusedCall { number } => fill(texts.refused_call, &phone_number::display(number)),
        Notice::TakenOver => texts.taken_over.to_owned(),
        Notice::TransferFailed => texts.transfer_failed.to_owned(),
    };
    (text, None)
}
