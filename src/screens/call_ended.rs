use call_model::state::Finalize;
use call_model::{Call, EngagementState, Phase};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::Choices;
use super::parts::{buttons, notes, on_click, other_side, portrait, reason_text, status, timer};
use crate::account::Disposition;
use crate::components::{Button, ButtonVariant, Focus, Glyph, Screen, move_focus_into};
use crate::hooks::Cti;
use crate::texts::{clock, fill, texts};

/// Wrap-up: notes and outcome, then the call is saved.
pub fn call_ended(cti: &Cti, call: &Call, seconds: u32, choices: Choices) -> Html {
    let texts = texts();
    let Phase::WrapUp { talked, reason, finalize, .. } = &call.phase else { return Html::default() };
    let finalize = FinalizeShown::of(&call.engagement, *finalize);
    let outcome = match choices.dispositions {
        [] => Html::default(),
        dispositions => outcome(cti, dispositions, call.disposition.as_deref()),
    };
    let save = Button { test_id: Some("complete-call"), ..Button::PLAIN };
    let finalize_button = Button {
        variant: ButtonVariant::Secondary,
        test_id: Some("finalize-engagement"),
        disabled: finalize != FinalizeShown::Possible,
        aria_describedby: finalize.reason().map(|_| "finalize-reason"),
        ..Button::PLAIN
    };
    let on_finalize = on_click(cti, |cti| {
        // The button is about to be disabled, and what is disabled loses the focus.
        move_focus_into(Focus::Start);
        cti.finalize();
    });
    let controls = html! {
        <>
            { save.view(texts.save_call.into(), on_click(cti, Cti::save_call)) }
            { finalize_button.view(texts.finalize.into(), on_finalize) }
        </>
    };
    Screen {
        key: "call-ended",
        title: fill(texts.call_ended, &other_side(call)).into(),
        title_hidden: false,
        top: portrait(Glyph::Person, false),
        subtitle: status(html! {
            <>
                <span>{ clock((talked / 1000.0) as u32) }</span>
                <span>{ reason_text(*reason) }</span>
            </>
        }),
        children: html! {
            <>
                { outcome }
                // Whoever was writing when the call ended goes on writing.
                { notes(cti, call, false, true) }
                <div class="foot">
                    { buttons(controls) }
                    <p>
                        if let Some(reason) = finalize.reason() {
                            <span id="finalize-reason">{ reason }</span>
                        } else {
                            { texts.wrap_up }{ " " }{ timer(seconds) }
                        }
                    </p>
                </div>
            </>
        },
    }
    .view()
}

/// What came of the call.
fn outcome(cti: &Cti, dispositions: &'static [Disposition], chosen: Option<&str>) -> Html {
    let texts = texts();
    let cti = cti.clone();
    let onchange = move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        cti.set_disposition((!value.is_empty()).then_some(value));
    };
    let option = |id: &'static str, name: &'static str| {
        html! { <option value={id} selected={chosen.unwrap_or_default() == id}>{ name }</option> }
    };
    html! {
        <div class="outcome">
            <label for="outcome">{ texts.outcome }</label>
            <select id="outcome" {onchange}>
                { option("", texts.no_outcome) }
                { for dispositions.iter().map(|disposition| option(disposition.id, texts.disposition(disposition.name))) }
            </select>
        </div>
    }
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
    fn of(engagement: &EngagementState, finalize: Finalize) -> Self {
        match (engagement, finalize) {
            (EngagementState::Awaited, _) => Self::Waits,
            (EngagementState::Failed, _) => Self::Never,
            (EngagementState::Known(_), Finalize::No) => Self::Possible,
            (EngagementState::Known(_), Finalize::Asked) => Self::Asked,
            (EngagementState::Known(_), Finalize::Done) => Self::Done,
        }
    }

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
