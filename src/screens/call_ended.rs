use call_model::state::Finalize;
use call_model::{Call, EndReason, EngagementState, Phase};
use stylist::yew::styled_component;
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::Choices;
use super::parts::{Buttons, Portrait, Status, Timer, other_side, reason_text};
use crate::components::{Button, ButtonVariant, Focus, Screen, TextArea};
use crate::hooks::{focus, use_auto_focus, use_cti, use_state_of};
use crate::texts::{clock, fill, texts};

#[derive(Properties, PartialEq)]
pub struct CallEndedProps {
    pub choices: Choices,
}

/// Wrap-up: notes and outcome, then the call is saved.
#[styled_component]
pub fn CallEnded(props: &CallEndedProps) -> Html {
    let texts = texts();
    let cti = use_cti();
    let call = use_state_of(|state| state.call.as_ref().and_then(shown));
    let notes = use_state_of(|state| state.call.as_ref().map(|call| call.notes.clone())).unwrap_or_default();
    let disposition = use_state_of(|state| state.call.as_ref().and_then(|call| call.disposition.clone()));
    // Whoever was writing when the call ended goes on writing.
    let area = use_auto_focus();
    {
        let area = area.clone();
        use_effect_with((), move |()| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                let end = area.value().encode_utf16().count() as u32;
                // The notes are there, wherever the caret is.
                let _ = area.set_selection_range(end, end);
            }
        });
    }
    let Some(Shown { title, ended_at, talked, reason, finalize }) = call else { return Html::default() };

    let foot = css!(
        r#"
        display: flex; flex: none; flex-direction: column; gap: 8px;

        p { min-height: 18px; font-size: 13px; line-height: 18px; text-align: center; color: var(--soft); }
        "#
    );
    let on_notes = {
        let cti = cti.clone();
        move |notes| cti.set_notes(notes)
    };
    let on_finalize = {
        let (cti, area) = (cti.clone(), area.clone());
        move |_| {
            // The button is about to be disabled, and what is disabled loses the focus.
            focus(&area);
            cti.finalize();
        }
    };
    let on_save = {
        let cti = cti.clone();
        move |_| cti.save_call()
    };
    html! {
        <Screen
            title={fill(texts.call_ended, &title)}
            focus={Focus::Own}
            top={html! { <Portrait /> }}
            subtitle={html! {
                <Status>
                    <span>{ clock((talked / 1000.0) as u32) }</span>
                    <span>{ reason_text(reason) }</span>
                </Status>
            }}
        >
            if !props.choices.dispositions.is_empty() {
                <Outcome choices={props.choices} chosen={disposition} />
            }
            <TextArea
                id="callingnotes"
                label={texts.notes}
                placeholder={texts.notes_hint}
                value={notes}
                oninput={on_notes}
                node_ref={area}
            />
            <div class={foot}>
                <Buttons>
                    <Button test_id="complete-call" onclick={on_save}>{ texts.save_call }</Button>
                    <Button
                        variant={ButtonVariant::Secondary}
                        test_id="finalize-engagement"
                        disabled={finalize != FinalizeShown::Possible}
                        aria_describedby={finalize.reason().map(|_| AttrValue::Static("finalize-reason"))}
                        onclick={on_finalize}
                    >
                        { texts.finalize }
                    </Button>
                </Buttons>
                <p>
                    if let Some(reason) = finalize.reason() {
                        <span id="finalize-reason">{ reason }</span>
                    } else {
                        { texts.wrap_up }{ " " }<Timer since={ended_at} />
                    }
                </p>
            </div>
        </Screen>
    }
}

/// What came of the call.
#[styled_component]
fn Outcome(props: &OutcomeProps) -> Html {
    let texts = texts();
    let cti = use_cti();
    let class = css!(
        r#"
        display: flex; flex: none; align-items: center; gap: 12px;

        label { font-size: 13px; font-weight: 600; }
        select {
            flex: 1; min-width: 0; height: 44px; padding: 0 10px; border: 1px solid var(--edge); border-radius: 12px;
            background: var(--surface);
        }
        "#
    );
    let onchange = move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            let value = select.value();
            cti.set_disposition((!value.is_empty()).then_some(value));
        }
    };
    html! {
        <div {class}>
            <label for="outcome">{ texts.outcome }</label>
            <select id="outcome" {onchange}>
                <option value="" selected={props.chosen.is_none()}>{ texts.no_outcome }</option>
                { for props.choices.dispositions.iter().map(|disposition| html! {
                    <option value={disposition.id} selected={props.chosen.as_deref() == Some(disposition.id)}>
                        { texts.disposition(disposition.name) }
                    </option>
                }) }
            </select>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OutcomeProps {
    choices: Choices,
    chosen: Option<String>,
}

#[derive(PartialEq)]
struct Shown {
    title: String,
    ended_at: f64,
    talked: f64,
    reason: EndReason,
    finalize: FinalizeShown,
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
    Some(Shown { title: other_side(call), ended_at: *ended_at, talked: *talked, reason: *reason, finalize })
}
