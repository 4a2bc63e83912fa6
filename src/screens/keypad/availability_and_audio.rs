use yew::prelude::*;

use super::availability::Availability;
use crate::screens::audio::AudioButton;

/// The menu for availability, with the button for the audio settings after it.
#[component]
pub fn AvailabilityAndAudio() -> Html {
    html! { <><Availability /><AudioButton /></> }
}
