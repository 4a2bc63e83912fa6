use yew::prelude::*;

use crate::screens::audio::CallQuality;
use crate::screens::parts::{Timer, TimerProps};

/// The time that has passed, with the quality of the call after it.
#[component]
pub fn TimerAndQuality(props: &TimerProps) -> Html {
    html! { <><Timer since={props.since} /><CallQuality /></> }
}
