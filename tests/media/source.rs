//! A microphone whose sound the test decides.

use web_sys::{AudioContext, GainNode, MediaStream, OscillatorNode};

/// A tone as loud as the test says.
pub struct Source {
    pub stream: MediaStream,
    volume: GainNode,
    context: AudioContext,
    _tone: OscillatorNode,
}

impl Source {
    /// Silent at first.
    pub fn new() -> Self {
        let context = AudioContext::new().unwrap();
        let (tone, volume) = (context.create_oscillator().unwrap(), context.create_gain().unwrap());
        let destination = context.create_media_stream_destination().unwrap();
        volume.gain().set_value(0.0);
        tone.connect_with_audio_node(&volume).unwrap();
        volume.connect_with_audio_node(&destination).unwrap();
        tone.start().unwrap();
        Source { stream: destination.stream(), volume, context, _tone: tone }
    }

    pub fn set_volume(&self, volume: f32) {
        self.volume.gain().set_value(volume);
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        let _ = self.context.close();
    }
}
