//! Sounds as WAV files: one channel, 16 bits.

use std::f64::consts::TAU;

/// Samples a second of telephones, and of browsers.
const TELEPHONE: u32 = 8_000;
const BROWSER: u32 = 48_000;

/// A tone of 440 Hz, for a telephone.
pub fn tone(seconds: u32) -> Vec<u8> {
    wav(TELEPHONE, seconds, |time| 0.3 * (time * 440.0 * TAU).sin())
}

/// A sound like that of a voice, for the microphone of a browser, which suppresses noise and steady tones: a buzz with overtones whose
/// pitch and loudness change as in syllables.
#[must_use]
pub fn voice() -> Vec<u8> {
    wav(BROWSER, 4, |time| {
        let syllable = (time * 3.0 * TAU).sin().max(0.0).sqrt();
        // The pitch rises and falls by a fifth.
        let phase = 130.0 * time + 6.0 * (time * 0.5 * TAU).sin();
        let overtones = (1..=20).map(|n| (phase * f64::from(n) * TAU).sin() / f64::from(n));
        0.3 * syllable * overtones.sum::<f64>()
    })
}

/// `sound` gives the amplitude, from -1 to 1, at a time in seconds.
fn wav(rate: u32, seconds: u32, sound: impl Fn(f64) -> f64) -> Vec<u8> {
    let length = rate * seconds * 2;
    let mut wav = Vec::new();
    wav.extend(b"RIFF");
    wav.extend((36 + length).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    wav.extend(16_u32.to_le_bytes());
    // PCM, one channel.
    wav.extend([1, 0, 1, 0]);
    wav.extend(rate.to_le_bytes());
    wav.extend((rate * 2).to_le_bytes());
    // Bytes of a sample, bits of a sample.
    wav.extend([2, 0, 16, 0]);
    wav.extend(b"data");
    wav.extend(length.to_le_bytes());
    for sample in 0..rate * seconds {
        let amplitude = sound(f64::from(sample) / f64::from(rate)).clamp(-1.0, 1.0);
        #[allow(clippy::cast_possible_truncation, reason = "the amplitude is between -1 and 1")]
        wav.extend(((amplitude * f64::from(i16::MAX)) as i16).to_le_bytes());
    }
    wav
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(wav: &[u8]) -> Vec<i16> {
        wav[44..].chunks_exact(2).map(|bytes| i16::from_le_bytes([bytes[0], bytes[1]])).collect()
    }

    #[test]
    fn a_file_says_how_long_it_is() {
        let tone = tone(10);
        assert_eq!(tone.len(), 44 + 160_000);
        assert_eq!(tone[4..8], 160_036_u32.to_le_bytes());
        assert_eq!(tone[40..44], 160_000_u32.to_le_bytes());
    }

    #[test]
    fn the_voice_is_loud_and_has_pauses() {
        let samples = samples(&voice());
        let loudest = samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap();
        assert!((8_000..i16::MAX.unsigned_abs()).contains(&loudest), "{loudest}");
        let silent = samples.iter().filter(|sample| **sample == 0).count();
        assert!(silent > samples.len() / 3, "{silent} of {}", samples.len());
    }
}
