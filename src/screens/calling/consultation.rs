use call_model::{CallPhase, Consult, Consultation, State, phone_number};
use yew::prelude::*;

use crate::components::{Button, ButtonRow, ButtonVariant};
use crate::hooks::{use_cti, use_cti_selector};
use crate::i18n::{fill_html, texts};
use crate::screens::parts::Records;

/// The records of the other side, and before them the call to somebody whom the user asks first.
#[component]
pub fn RecordsAndConsultation() -> Html {
    html! { <><CurrentConsultation /><Records /></> }
}

/// Whom the user asks, and how it goes on.
#[component]
fn CurrentConsultation() -> Html {
    let texts = texts();
    let cti = use_cti();
    let consultation = use_cti_selector(current);
    let Some(Consultation { number, answered_at }) = consultation else { return Html::default() };
    let number = html! { <bdi class="phone-number">{ phone_number::display(&number) }</bdi> };
    let [calling, asking] = texts.consulting;
    let send = |consult: Consult| {
        let cti = cti.clone();
        Callback::from(move |_| cti.consult(consult.clone()))
    };
    html! {
        <>
            <p role="status" data-test-id="consultation">
                { fill_html(if answered_at.is_some() { asking } else { calling }, number) }
            </p>
            <ButtonRow>
                <Button id="transfer-now" disabled={answered_at.is_none()} onclick={send(Consult::Transfer)}>
                    { texts.transfer_now }
                </Button>
                <Button id="back-to-call" variant={ButtonVariant::Secondary} onclick={send(Consult::End)}>
                    { texts.back_to_call }
                </Button>
            </ButtonRow>
        </>
    }
}

fn current(state: &State) -> Option<Consultation> {
    let call = state.call.as_ref().filter(|call| matches!(call.phase, CallPhase::Talking { .. }))?;
    call.consultation.clone()
}
