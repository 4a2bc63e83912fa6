//! Events about the sound of a call.

use super::Transition;
use crate::audio::{AudioEvent, CallAudio};
use crate::state::Notice;

impl Transition {
    /// An event of the call that is on. One that changes nothing is ignored.
    pub(super) fn audio(&mut self, event: AudioEvent) -> Option<()> {
        let audio = &mut self.state.audio;
        let before = *audio;
        match event {
            AudioEvent::Quality(quality) => audio.quality = Some(quality),
            AudioEvent::MutedSpeech(on) => audio.muted_speech = on,
            AudioEvent::SilentMicrophone(on) => audio.silent_microphone = on,
            AudioEvent::PlaybackBlocked(on) => audio.playback_blocked = on,
            AudioEvent::Interrupted(on) => audio.interrupted = on,
            AudioEvent::DeviceChanged(change) => {
                self.notice(Notice::DeviceChanged(change));
                return Some(());
            }
        }
        (self.state.audio != before).then_some(())
    }

    /// Without a call there is no sound.
    pub(super) fn forget_audio(&mut self) {
        if self.state.call.as_ref().is_none_or(|call| call.is_over()) {
            self.state.audio = CallAudio::default();
        }
    }
}
