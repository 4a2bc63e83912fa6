use yew::prelude::*;

use crate::hooks::use_cti_selector;
use crate::i18n::texts;
use crate::screens::parts::{Timer, TimerProps};

/// The time that has passed, and whether it rings at the other side.
#[component]
pub fn TimerAndRinging(props: &TimerProps) -> Html {
    let rings = use_cti_selector(|state| state.call.as_ref().is_some_and(|call| call.rings));
    html! {
        <>
            <Timer since={props.since} />
            if rings { <span class="state">{ texts().rings }</span> }
        </>
    }
}
