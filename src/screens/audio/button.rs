use yew::prelude::*;

use super::dialog::AudioDialog;
use crate::components::{Button, ButtonVariant, glyph};
use crate::hooks::use_cti_selector;
use crate::i18n::texts;

/// Opens the audio settings; nothing where the sound does not go through the browser.
#[component]
pub fn AudioButton() -> Html {
    let texts = texts();
    let has_audio = use_cti_selector(|state| state.capabilities.microphone);
    let is_open = use_state_eq(|| false);
    let set_open = |open: bool| {
        let is_open = is_open.setter();
        Callback::from(move |_| is_open.set(open))
    };
    let on_close = {
        let is_open = is_open.setter();
        Callback::from(move |()| is_open.set(false))
    };
    html! {
        if has_audio {
            <Button
                variant={ButtonVariant::Icon}
                glyph={glyph::SPEAKER}
                test_id="audio-settings"
                title={texts.audio.open}
                aria_label={texts.audio.open}
                onclick={set_open(true)}
            />
            if *is_open { <AudioDialog {on_close} /> }
        }
    }
}
