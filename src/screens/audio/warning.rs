use call_model::{Call, CallPhase, State};
use yew::prelude::*;

use crate::components::{Alert, AlertKind, Button, ButtonVariant, ScreenRef, focus};
use crate::hooks::use_cti;
use crate::i18n::texts;

/// Why nobody hears the user, or the user hears nobody.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Warning {
    /// Nothing is transmitted: the phone system tries to restore the connection.
    Interrupted,
    /// The browser plays nothing before a click.
    PlaybackBlocked,
    /// The user speaks although they are muted.
    MutedSpeech,
    /// The microphone delivers nothing.
    SilentMicrophone,
}

impl Warning {
    /// The most important warning about the call that is on.
    pub fn of(state: &State) -> Option<Self> {
        let audio = state.audio;
        let talks = state.call.as_ref().map(|call: &Call| &call.phase);
        if audio.interrupted {
            return Some(Warning::Interrupted);
        }
        if audio.playback_blocked {
            return Some(Warning::PlaybackBlocked);
        }
        let Some(CallPhase::Talking { muted, held: false, .. }) = talks else { return None };
        match muted {
            true => audio.muted_speech.then_some(Warning::MutedSpeech),
            false => audio.silent_microphone.then_some(Warning::SilentMicrophone),
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct AudioWarningProps {
    pub warning: Warning,
}

/// A warning, with a button that helps. It stays for as long as its cause.
#[component]
pub fn AudioWarning(props: &AudioWarningProps) -> Html {
    let (texts, close_label) = (&texts().audio, texts().close_notice);
    let cti = use_cti();
    // The button goes away with its warning: the focus goes back to the screen.
    let ScreenRef(screen) = use_context().unwrap_or_default();
    let play = {
        let screen = screen.clone();
        Callback::from(move |_| focus(&screen))
    };
    let unmute = Callback::from(move |_| {
        focus(&screen);
        cti.mute(false);
    });
    let (text, button) = match props.warning {
        Warning::Interrupted => (texts.interrupted, None),
        // Any click on the page will do: the phone system waits for it.
        Warning::PlaybackBlocked => (texts.playback_blocked, Some((texts.play, "play-sound", play))),
        Warning::MutedSpeech => (texts.muted_speech, Some((texts.unmute, "unmute", unmute))),
        Warning::SilentMicrophone => (texts.silent_microphone, None),
    };
    html! {
        <Alert kind={AlertKind::Error} {close_label}>
            { text }
            if let Some((text, test_id, onclick)) = button {
                { " " }
                <Button variant={ButtonVariant::Link} {test_id} {onclick}>{ text }</Button>
            }
        </Alert>
    }
}
