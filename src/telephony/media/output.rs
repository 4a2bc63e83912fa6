//! Tones on a device: a test sound, a ringtone.

use super::Device;
use super::playback::play_on;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AudioContext, AudioNode, HtmlAudioElement, MediaStreamAudioDestinationNode};

/// The tones of the test sound, in hertz: a chord, one note after the other.
const NOTES: [f32; 3] = [523.25, 659.25, 783.99];
/// From one note to the next, in seconds.
const STEP: f64 = 0.22;
/// How loud a note is, of 1.
const VOLUME: f32 = 0.15;

/// Where tones of an [`AudioContext`] go to be heard on a device, until it is dropped.
pub struct Output {
    element: HtmlAudioElement,
    node: MediaStreamAudioDestinationNode,
}

impl Output {
    /// An output on this device. Where the browser refuses the device, the one that the system chooses plays.
    ///
    /// # Errors
    ///
    /// Where the page has no sound.
    pub fn new(context: &AudioContext, device: &Device) -> Result<Self, JsValue> {
        let (element, node) = (HtmlAudioElement::new()?, context.create_media_stream_destination()?);
        element.set_src_object(Some(&node.stream()));
        let (playing, device) = (element.clone(), device.clone());
        spawn_local(async move {
            play_on(&playing, Some(&device)).await;
            if let Ok(promise) = playing.play() {
                // A page that may not play a sound yet plays none.
                let _ = JsFuture::from(promise).await;
            }
        });
        Ok(Output { element, node })
    }

    /// What to connect a source of sound with.
    pub fn node(&self) -> &AudioNode {
        &self.node
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        self.element.set_src_object(None);
    }
}

/// A short sound to try a device out. It ends when this is dropped.
pub struct TestSound {
    context: AudioContext,
    _output: Option<Output>,
}

impl TestSound {
    /// Plays it on this device; `None` stands for the one that the system chooses. Call it from a click.
    ///
    /// # Errors
    ///
    /// Where the page has no sound.
    pub fn play(device: Option<&Device>) -> Result<Self, JsValue> {
        let context = AudioContext::new()?;
        let output = device.map(|device| Output::new(&context, device)).transpose()?;
        let destination = context.destination();
        let node: &AudioNode = output.as_ref().map_or(&destination, Output::node);
        let volume = context.create_gain()?;
        volume.gain().set_value(VOLUME);
        volume.connect_with_audio_node(node)?;
        // The device needs a moment before it plays.
        let start = context.current_time() + STEP;
        for (index, frequency) in NOTES.into_iter().enumerate() {
            let note = context.create_oscillator()?;
            note.frequency().set_value(frequency);
            note.connect_with_audio_node(&volume)?;
            let start = start + STEP * index as f64;
            note.start_with_when(start)?;
            note.stop_with_when(start + STEP)?;
        }
        Ok(TestSound { context, _output: output })
    }
}

impl Drop for TestSound {
    fn drop(&mut self) {
        // Only a context that is closed already refuses.
        let _ = self.context.close();
    }
}
