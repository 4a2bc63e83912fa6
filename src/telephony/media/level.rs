//! Measures how loud a microphone is.

use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::{
    AnalyserNode, AudioContext, AudioContextState, MediaStream, MediaStreamAudioSourceNode, MediaStreamTrack,
};

/// How many samples are looked at each time: 85 ms at 48 kHz.
const SAMPLES: u32 = 4096;

/// Measures the level of a microphone, until it is dropped.
pub struct LevelMeter {
    context: AudioContext,
    analyser: AnalyserNode,
    /// A copy, which stays on when the track itself is muted.
    track: MediaStreamTrack,
    /// The browser measures for as long as this exists.
    _source: MediaStreamAudioSourceNode,
    samples: RefCell<Vec<f32>>,
}

impl LevelMeter {
    /// Measures this track, also while it is muted. It stays open when the meter is dropped.
    ///
    /// # Errors
    ///
    /// Where the browser has no Web Audio, or too many uses of it.
    pub fn new(track: &MediaStreamTrack) -> Result<Self, JsValue> {
        let context = AudioContext::new()?;
        let analyser = context.create_analyser()?;
        analyser.set_fft_size(SAMPLES);
        let track = MediaStreamTrack::clone(track);
        track.set_enabled(true);
        let stream = MediaStream::new()?;
        stream.add_track(&track);
        let source = context.create_media_stream_source(&stream)?;
        source.connect_with_audio_node(&analyser)?;
        Ok(LevelMeter { context, analyser, track, _source: source, samples: RefCell::new(vec![0.0; SAMPLES as usize]) })
    }

    /// The root mean square of the last samples, which are between -1 and 1; `None` while the browser does not measure, which it
    /// may refuse until the user has done something on the page.
    pub fn level(&self) -> Option<f32> {
        if self.context.state() != AudioContextState::Running {
            // Allowed by now, or refused again.
            let _ = self.context.resume();
            return None;
        }
        let mut samples = self.samples.borrow_mut();
        self.analyser.get_float_time_domain_data(&mut samples);
        let sum: f32 = samples.iter().map(|sample| sample * sample).sum();
        Some((sum / SAMPLES as f32).sqrt())
    }
}

impl Drop for LevelMeter {
    fn drop(&mut self) {
        self.track.stop();
        // Only a context that is closed already refuses.
        let _ = self.context.close();
    }
}

/// A level as a share of a scale for people, from 0 to 1: logarithmic, from -60 dB on.
pub fn loudness(level: f32) -> f32 {
    const RANGE: f32 = 60.0;
    ((20.0 * level.max(f32::MIN_POSITIVE).log10() + RANGE) / RANGE).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::loudness;

    #[test]
    fn the_scale_begins_at_60_decibels_below_the_loudest() {
        for (level, share) in
            [(0.0, 0.0), (0.000_5, 0.0), (0.001, 0.0), (0.01, 1.0 / 3.0), (0.1, 2.0 / 3.0), (1.0, 1.0), (2.0, 1.0)]
        {
            assert!((loudness(level) - share).abs() < 1e-4, "{level}: {}", loudness(level));
        }
    }
}
