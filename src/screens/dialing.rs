#[cfg(feature = "sip")]
mod timer_and_ringing;

use stylist::yew::styled_component;
use yew::prelude::*;

#[cfg(feature = "sip")]
use self::timer_and_ringing::TimerAndRinging as Timer;
#[cfg(not(feature = "sip"))]
use super::parts::Timer;
use super::parts::{EndCall, other_side, person};
use crate::components::{ButtonRow, ScreenLayout};
use crate::hooks::use_cti_selector;
use crate::i18n::{fill_html, texts};

/// An outgoing call rings.
#[styled_component]
pub fn Dialing() -> Html {
    let texts = texts();
    let call = use_cti_selector(|state| state.call.as_ref().map(|call| (other_side(call), call.started_at)));
    // As high as the controls of a call, so that the button under it stays in its place when the call is answered.
    let gap = css!(r#"flex: none; height: var(--tile);"#);
    #[cfg(feature = "sip")]
    let rings = use_cti_selector(|state| state.call.as_ref().is_some_and(|call| call.rings));
    let Some((other_side, since)) = call else { return Html::default() };
    let status = html! { <Timer {since} /> };
    #[cfg(feature = "sip")]
    let status = html! { <>{ status } if rings { <span class="state">{ texts.rings }</span> }</> };
    html! {
        <ScreenLayout
            title={fill_html(texts.dialing, other_side.html())}
            portrait={person(true)}
            {status}
        >
            <div class={gap} />
            <ButtonRow><EndCall>{ texts.end_call }</EndCall></ButtonRow>
        </ScreenLayout>
    }
}
