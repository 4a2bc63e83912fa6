mod outcome;

use call_model::{Call, CallPhase, EndReason, EngagementState, Finalize};
use calling_extensions::message::Ms;
use stylist::yew::styled_component;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use self::outcome::Outcome;
use super::parts::{Notes, OtherSide, Timer, other_side, person};
use crate::components::{Button, ButtonRow, ButtonVariant, Focus, ScreenLayout, focus};
use crate::hooks::{use_auto_focus, use_cti, use_cti_selector};
use crate::i18n::{clock, fill_html, reason_text, texts, with_reason};

/// Wrap-up: notes and outcome, then the call is saved.
#[styled_component]
pub fn CallEnded() -> Html {
    let texts = texts();
    let cti = use_cti();
    let call = use_cti_selector(|state| state.call.as_ref().and_then(Ended::of));
    // A user who was writing when the call ended continues to write.
    let notes = use_auto_focus();
    {
        let notes = notes.clone();
        use_effect_with((), move |()| {
            if let Some(area) = notes.cast::<HtmlTextAreaElement>() {
                let end = area.text_length();
                // The notes are there, wherever the caret is.
                let _ = area.set_selection_range(end, end);
            }
        });
    }
    let class = css!(
        r#"
        display: flex; flex: none; flex-direction: column; gap: 8px;

        & > p { min-height: 18px; font-size: 13px; line-height: 18px; text-align: center; color: var(--soft); }
        "#
    );
    let Some(Ended { other_side, ended_at, talked, reason, detail, finalize }) = call else { return Html::default() };
    let on_finalize = {
        let (cti, notes) = (cti.clone(), notes.clone());
        Callback::from(move |_| {
            // The button is about to be disabled and would lose the focus.
            focus(&notes);
            cti.finalize();
        })
    };
    html! {
        <ScreenLayout
            title={fill_html(texts.call_ended, other_side.html())}
            focus={Focus::Own}
            portrait={person(false)}
            status={html! {
                <>
                    <span>{ clock((talked / 1000.0) as u32) }</span>
                    <span>{ with_reason(reason_text(reason), &detail) }</span>
                </>
            }}
        >
            <Outcome />
            <Notes node_ref={notes} />
            <div {class}>
                <ButtonRow>
                    <Button test_id="complete-call" onclick={Callback::from(move |_| cti.save_call())}>
                        { texts.save_call }
                    </Button>
                    <Button
                        variant={ButtonVariant::Secondary}
                        test_id="finalize-engagement"
                        disabled={finalize != FinalizeButton::Enabled}
                        aria_describedby={finalize.reason().map(|_| "finalize-reason")}
                        onclick={on_finalize}
                    >
                        { texts.finalize }
                    </Button>
                </ButtonRow>
                <p>
                    if let Some(reason) = finalize.reason() {
                        <span id="finalize-reason">{ reason }</span>
                    } else {
                        { texts.wrap_up }{ " " }<Timer since={ended_at} />
                    }
                </p>
            </div>
        </ScreenLayout>
    }
}

/// What this screen shows of a call.
#[derive(Clone, PartialEq)]
struct Ended {
    other_side: OtherSide,
    ended_at: Ms,
    talked: Ms,
    reason: EndReason,
    detail: Option<String>,
    finalize: FinalizeButton,
}

impl Ended {
    fn of(call: &Call) -> Option<Self> {
        let CallPhase::WrapUp { ended_at, talked, reason, detail, finalize, .. } = &call.phase else { return None };
        Some(Ended {
            other_side: other_side(call),
            ended_at: *ended_at,
            talked: *talked,
            reason: *reason,
            detail: detail.clone(),
            finalize: FinalizeButton::of(&call.engagement, *finalize),
        })
    }
}

/// Whether the engagement can be finalized, and if not, why.
#[derive(Clone, Copy, PartialEq)]
enum FinalizeButton {
    Enabled,
    NoEngagementYet,
    NoEngagement,
    InProgress,
    Done,
}

impl FinalizeButton {
    fn of(engagement: &EngagementState, finalize: Finalize) -> Self {
        match (engagement, finalize) {
            (EngagementState::Pending, _) => Self::NoEngagementYet,
            (EngagementState::Failed, _) => Self::NoEngagement,
            (EngagementState::Known(_), Finalize::No) => Self::Enabled,
            (EngagementState::Known(_), Finalize::Asked) => Self::InProgress,
            (EngagementState::Known(_), Finalize::Done) => Self::Done,
        }
    }

    fn reason(self) -> Option<&'static str> {
        let texts = texts();
        match self {
            Self::Enabled => None,
            Self::NoEngagementYet => Some(texts.finalize_pending),
            Self::NoEngagement => Some(texts.finalize_unavailable),
            Self::InProgress => Some(texts.finalizing),
            Self::Done => Some(texts.finalized),
        }
    }
}
