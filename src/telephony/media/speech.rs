//! What the level of the microphone says about the user: whether they speak although they are muted, and whether the microphone
//! delivers anything at all.

use calling_extensions::message::Ms;

/// From this level on, as the root mean square of samples between -1 and 1, somebody speaks into the microphone (-34 dB). Breath
/// and the noise of a room are below.
const SPEECH_LEVEL: f32 = 0.02;
/// How much of it within [`PAUSE`] of each other is speech: a cough is shorter.
const SPEECH_TIME: Ms = 700.0;
/// A pause of this length ends what was said.
const PAUSE: Ms = 1_500.0;
/// How long the warning stays after the last word.
const WARNING_TIME: Ms = 5_000.0;
/// How long a microphone may deliver nothing but zeros. A working one does so for no second, even in a silent room.
const SILENCE_TIME: Ms = 8_000.0;
/// Time that has passed without a measurement, as in a page that was suspended, does not count beyond this.
const LONGEST_STEP: Ms = 250.0;

/// Watches the level of the microphone of a call.
#[derive(Debug, Clone, Default)]
pub struct SpeechWatch {
    last: Option<Ms>,
    spoken: Ms,
    last_speech: Option<Ms>,
    warns_since_word: bool,
    silent: Ms,
}

/// What is to be said to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Warnings {
    /// The user speaks although they are muted.
    pub muted_speech: bool,
    /// The microphone delivers nothing.
    pub silent_microphone: bool,
}

impl SpeechWatch {
    /// Adds a measurement: the level at this time, in milliseconds, and whether the user has muted the microphone. The level is
    /// measured before the microphone is muted.
    pub fn measure(&mut self, now: Ms, level: f32, muted: bool) -> Warnings {
        let step = self.last.map_or(0.0, |last| (now - last).clamp(0.0, LONGEST_STEP));
        self.last = Some(now);
        self.silent = if level > 0.0 { 0.0 } else { self.silent + step };
        Warnings {
            muted_speech: self.speaks_muted(now, step, level, muted),
            // The user who is muted is not heard anyway.
            silent_microphone: self.silent >= SILENCE_TIME && !muted,
        }
    }

    fn speaks_muted(&mut self, now: Ms, step: Ms, level: f32, muted: bool) -> bool {
        if !muted {
            (self.spoken, self.last_speech, self.warns_since_word) = (0.0, None, false);
            return false;
        }
        let pause = self.last_speech.map_or(f64::INFINITY, |last| now - last);
        if pause > PAUSE {
            self.spoken = 0.0;
        }
        if level >= SPEECH_LEVEL {
            self.spoken += step;
            self.last_speech = Some(now);
        }
        if self.spoken >= SPEECH_TIME {
            self.warns_since_word = true;
        } else if pause > WARNING_TIME {
            self.warns_since_word = false;
        }
        self.warns_since_word
    }
}

#[cfg(test)]
mod tests {
    use super::{SpeechWatch, Warnings};

    const SPEECH: f32 = 0.1;
    const NOISE: f32 = 0.004;

    struct Run {
        watch: SpeechWatch,
        now: f64,
    }

    impl Run {
        fn new() -> Self {
            Run { watch: SpeechWatch::default(), now: 0.0 }
        }

        /// Measures every 100 ms for so long, and returns the last warnings.
        fn during(&mut self, time: f64, level: f32, muted: bool) -> Warnings {
            let end = self.now + time;
            let mut warnings = self.watch.measure(self.now, level, muted);
            while self.now < end {
                self.now += 100.0;
                warnings = self.watch.measure(self.now, level, muted);
            }
            warnings
        }
    }

    #[test]
    fn who_speaks_muted_is_warned_until_they_are_quiet_or_heard() {
        let mut run = Run::new();
        assert!(!run.during(3_000.0, NOISE, true).muted_speech, "noise is no speech");
        assert!(run.during(1_000.0, SPEECH, true).muted_speech);
        assert!(run.during(3_000.0, NOISE, true).muted_speech, "the warning can be read");
        assert!(!run.during(3_000.0, NOISE, true).muted_speech);
        assert!(run.during(1_000.0, SPEECH, true).muted_speech);
        assert!(!run.during(100.0, SPEECH, false).muted_speech, "the user is heard again");
    }

    #[test]
    fn who_is_not_muted_is_not_warned() {
        assert_eq!(Run::new().during(5_000.0, SPEECH, false), Warnings::default());
    }

    #[test]
    fn what_was_said_before_the_microphone_was_muted_does_not_count() {
        let mut run = Run::new();
        run.during(5_000.0, SPEECH, false);
        assert!(!run.during(300.0, SPEECH, true).muted_speech);
    }

    #[test]
    fn a_cough_is_no_speech_but_words_with_short_pauses_are() {
        let mut run = Run::new();
        for _ in 0..4 {
            run.during(300.0, SPEECH, true);
            assert!(!run.during(2_000.0, NOISE, true).muted_speech, "a cough");
        }
        for _ in 0..4 {
            run.during(300.0, SPEECH, true);
            run.during(300.0, NOISE, true);
        }
        assert!(run.during(100.0, NOISE, true).muted_speech, "words");
    }

    #[test]
    fn a_microphone_that_delivers_only_zeros_is_reported_until_it_delivers() {
        let mut run = Run::new();
        assert!(!run.during(7_000.0, 0.0, false).silent_microphone);
        assert!(run.during(2_000.0, 0.0, false).silent_microphone);
        assert!(!run.during(100.0, 0.000_1, false).silent_microphone);
    }

    #[test]
    fn a_muted_microphone_is_not_reported_as_silent() {
        assert!(!Run::new().during(20_000.0, 0.0, true).silent_microphone);
    }

    #[test]
    fn a_page_that_was_suspended_has_not_been_silent() {
        let mut watch = SpeechWatch::default();
        watch.measure(0.0, 0.0, false);
        assert_eq!(watch.measure(3_600_000.0, 0.0, false), Warnings::default());
        assert_eq!(watch.measure(3_600_100.0, SPEECH, true), Warnings::default());
    }
}
