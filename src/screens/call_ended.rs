use call_model::state::Finalize;
use call_model::{Call, EndReason, EngagementState, Phase};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::Choices;
use super::parts::{Timer, buttons, other_side, portrait, reason_text, status};
use crate::account::Disposition;
use crate::components::{Button, ButtonVariant, Focus, Screen, TextArea, move_focus_into};
use crate::hooks::{Cti, use_cti, use_state_of};
use crate::texts::{clock, fill, texts};

#[derive(Properties, PartialEq)]
pub struct CallEndedProps {
    pub choices: Choices,
}

/// Wrap-up: notes and outcome, then the call is saved.
#[component]
pub fn CallEnded(props: &CallEndedProps) -> Html {
    let texts = texts();
    let cti = use_cti();
    let call = use_state_of(|state| state.call.as_ref().and_then(shown));
    let Some(Shown { title, ended_at, talked, reason, finalize, disposition, notes }) = call else {
        return Html::default();
    };
    let on_notes = {
        let cti = cti.clone();
        Callback::from(move |notes| cti.set_notes(notes))
    };
    // Whoever was writing when the call ended goes on writing.
    let notes = TextArea {
        id: "callingnotes",
        label: texts.notes,
        placeholder: texts.notes_hint,
        hidden: false,
        value: notes.into(),
        oninput: on_notes,
        focus: true,
    };
    let outcome = match props.choices.dispositions {
        [] => Html::default(),
        dispositions => outcome(&cti, dispositions, disposition.as_deref()),
    };
    let on_save = {
        let cti = cti.clone();
        Callback::from(move |_| cti.save_call())
    };
    let save =
        Button { text: texts.save_call.into(), test_id: Some("complete-call"), onclick: on_save, ..Button::default() };
    let finalize_button = Button {
        variant: ButtonVariant::Secondary,
        text: texts.finalize.into(),
        test_id: Some("finalize-engagement"),
        disabled: finalize != FinalizeShown::Possible,
        aria_describedby: finalize.reason().map(|_| "finalize-reason"),
        onclick: Callback::from(move |_| {
            // The button is about to be disabled, and what is disabled loses the focus.
            move_focus_into(Focus::Start);
            cti.finalize();
        }),
        ..Button::default()
    };
    let foot = "foot";
    Screen {
        title: fill(texts.call_ended, &title).into(),
        top: portrait(false),
        subtitle: status(html! {
            <>
                <span>{ clock((talked / 1000.0) as u32) }</span>
                <span>{ reason_text(reason) }</span>
            </>
        }),
        children: html! {
            <>
                { outcome }
                { notes.view() }
                <div class={foot}>
                    { buttons(html! { <>{ save.view() }{ finalize_button.view() }</> }) }
                    <p>
                        if let Some(reason) = finalize.reason() {
                            <span id="finalize-reason">{ reason }</span>
                        } else {
                            { texts.wrap_up }{ " " }<Timer since={ended_at} />
                        }
                    </p>
                </div>
            </>
        },
        ..Screen::default()
    }
    .view()
}

/// What came of the call.
fn outcome(cti: &Cti, dispositions: &'static [Disposition], chosen: Option<&str>) -> Html {
    let texts = texts();
    let cti = cti.clone();
    let class = "outcome";
    let onchange = move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        cti.set_disposition((!value.is_empty()).then_some(value));
    };
    html! {
        <div {class}>
            <label for="outcome">{ texts.outcome }</label>
            <select id="outcome" {onchange}>
                <option value="" selected={chosen.is_none()}>{ texts.no_outcome }</option>
                { for dispositions.iter().map(|disposition| html! {
                    <option value={disposition.id} selected={chosen == Some(disposition.id)}>
                        { texts.disposition(disposition.name) }
                    </option>
                }) }
            </select>
        </div>
    }
}

#[derive(PartialEq)]
struct Shown {
    title: String,
    ended_at: f64,
    talked: f64,
    reason: EndReason,
    finalize: FinalizeShown,
    disposition: Option<String>,
    notes: String,
}

/// Whether finalizing can be asked for, and if not, why.
#[derive(Clone, Copy, PartialEq)]
enum FinalizeShown {
    Possible,
    Waits,
    Never,
    Asked,
    Done,
}

impl FinalizeShown {
    fn reason(self) -> Option<&'static str> {
        let texts = texts();
        match self {
            Self::Possible => None,
            Self::Waits => Some(texts.finalize_waits),
            Self::Never => Some(texts.finalize_never),
            Self::Asked => Some(texts.finalize_asked),
            Self::Done => Some(texts.finalize_done),
        }
    }
}

fn shown(call: &Call) -> Option<Shown> {
    let Phase::WrapUp { ended_at, talked, reason, finalize, .. } = &call.phase else { return None };
    let finalize = match (&call.engagement, finalize) {
        (EngagementState::Awaited, _) => FinalizeShown::Waits,
        (EngagementState::Failed, _) => FinalizeShown::Never,
        (EngagementState::Known(_), Finalize::No) => FinalizeShown::Possible,
        (EngagementState::Known(_), Finalize::Asked) => FinalizeShown::Asked,
        (EngagementState::Known(_), Finalize::Done) => FinalizeShown::Done,
    };
    Some(Shown {
        title: other_side(call),
        ended_at: *ended_at,
        talked: *talked,
        reason: *reason,
        finalize,
        disposition: call.disposition.clone(),
        notes: call.notes.clone(),
    })
}
