use yew::prelude::*;

use super::parts::{Buttons, EndCall, Gap, Portrait, Status, Timer, other_side};
use crate::components::Screen;
use crate::hooks::use_state_of;
use crate::texts::{fill, texts};

/// The other side's phone rings.
#[component]
pub fn Dialing() -> Html {
    let texts = texts();
    let Some((name, since)) = use_state_of(|state| state.call.as_ref().map(|call| (other_side(call), call.started_at)))
    else {
        return Html::default();
    };
    html! {
        <Screen
            title={fill(texts.dialing, &name)}
            top={html! { <Portrait rings=true /> }}
            subtitle={html! { <Status><Timer {since} /></Status> }}
        >
            <Gap />
            <Buttons><EndCall label={texts.end_call} /></Buttons>
        </Screen>
    }
}
