//! The ringtone of an incoming call and the tones of the keys, made with Web Audio, so that no file is loaded. Where the browser
//! does not allow sound, there is none.

use call_model::{CallPhase, State};
use gloo::timers::callback::Interval;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, AudioNode};

#[cfg(feature = "audio")]
use crate::telephony::media::Device;

/// How loud one tone is, of 1.
const VOLUME: f32 = 0.06;
/// How long a key sounds, in seconds.
const KEY: f64 = 0.14;
/// How long the bell rings, in seconds.
const RING: f64 = 1.2;
/// From one ring to the next, in milliseconds.
const RING_AGAIN: u32 = 3_000;
/// The two tones of a bell, in hertz.
const BELL: [f32; 2] = [440.0, 480.0];

/// Plays the ringtone and the tones of the keys.
#[derive(Default)]
pub struct Sound {
    speaker: Rc<Speaker>,
    /// There while a call rings.
    bell: RefCell<Option<Interval>>,
}

impl Sound {
    /// Rings while an incoming call rings, unless the user has switched the ringtone off.
    pub fn follow(&self, state: &State) {
        let rings = state.call.as_ref().is_some_and(|call| call.phase == CallPhase::Ringing) && !state.ringtone_muted;
        let mut bell = self.bell.borrow_mut();
        if !rings {
            *bell = None;
        } else if bell.is_none() {
            self.speaker.play(BELL, RING);
            let speaker = self.speaker.clone();
            *bell = Some(Interval::new(RING_AGAIN, move || speaker.play(BELL, RING)));
        }
    }

    /// From now on incoming calls ring on this device; absent for the one that the system chooses.
    #[cfg(feature = "audio")]
    pub fn set_ringer(&self, device: Option<Device>) {
        self.speaker.ringer.set_device(device);
    }

    /// The two tones of a key.
    pub fn key(&self, digit: char) {
        if let Some(tones) = tones(digit) {
            self.speaker.play(tones, KEY);
        }
    }
}

/// The tones of a key: one for its row, one for its column, in hertz.
fn tones(digit: char) -> Option<[f32; 2]> {
    let place = "123456789*0#".chars().position(|key| key == digit)?;
    Some([[697.0, 770.0, 852.0, 941.0][place / 3], [1209.0, 1336.0, 1477.0][place % 3]])
}

/// Made with the first tone: a browser allows sound once the user has done something on the page.
#[derive(Default)]
struct Speaker {
    context: OnceCell<Option<AudioContext>>,
    #[cfg(feature = "audio")]
    ringer: super::audio::Ringer,
}

impl Speaker {
    fn play(&self, tones: [f32; 2], seconds: f64) {
        let Some(context) = self.context.get_or_init(|| AudioContext::new().ok()) else { return };
        for tone in tones {
            #[cfg(not(feature = "audio"))]
            let destination = || context.destination();
            #[cfg(feature = "audio")]
            let destination = || self.ringer.destination(context, tones == BELL);
            let _ = sound(context, destination, tone, seconds); // the screen shows the same
        }
    }
}

fn sound<N: AsRef<AudioNode>>(
    context: &AudioContext,
    destination: impl FnOnce() -> N,
    tone: f32,
    seconds: f64,
) -> Result<(), JsValue> {
    let _ = context.resume()?; // it may have been made before the user did anything
    let (oscillator, gain) = (context.create_oscillator()?, context.create_gain()?);
    let (now, volume) = (context.current_time(), gain.gain());
    oscillator.frequency().set_value(tone);
    volume.set_value(VOLUME);
    // Faded out, as a tone that is cut clicks.
    volume.set_target_at_time(0.0, now + seconds - 0.03, 0.01)?;
    oscillator.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(destination().as_ref())?;
    oscillator.start()?;
    oscillator.stop_with_when(now + seconds)
}

#[cfg(test)]
mod tests {
    use super::tones;

    #[test]
    fn each_key_has_the_tones_of_its_row_and_column() {
        let rows = [('1', [697.0, 1209.0]), ('5', [770.0, 1336.0]), ('0', [941.0, 1336.0]), ('#', [941.0, 1477.0])];
        for (key, expected) in rows {
            assert_eq!(tones(key), Some(expected), "{key}");
        }
        assert_eq!(tones('a'), None);
    }
}
