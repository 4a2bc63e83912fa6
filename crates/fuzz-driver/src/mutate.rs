use fastrand::Rng;

/// Inputs do not grow beyond this, in bytes, except those of the corpus itself.
const MAX_LENGTH: usize = 4096;
/// Bytes at the limits of numbers, and those with a meaning in many formats.
const BYTES: &[u8] = &[0, 1, 0x7f, 0x80, 0xff, b'0', b'9', b'-', b'"', b'\\', b'\n', b'[', b'{', b'}', b'.', b'_'];

/// Creates inputs from others. The same seed gives the same inputs.
pub struct Mutator {
    random: Rng,
    dictionary: &'static [&'static str],
}

impl Mutator {
    pub fn new(seed: u64, dictionary: &'static [&'static str]) -> Self {
        Mutator { random: Rng::with_seed(seed), dictionary }
    }

    /// The next input: a few changes of one from the pool. One in 50 is random.
    pub fn next(&mut self, pool: &[Vec<u8>]) -> Vec<u8> {
        let parent = self.random.choice(pool).cloned().unwrap_or_default();
        if self.random.u8(..50) == 0 {
            return (0..self.random.usize(..256)).map(|_| self.random.u8(..)).collect();
        }
        let limit = parent.len().max(MAX_LENGTH);
        let mut input = parent;
        for _ in 0..self.random.u8(1..=6) {
            self.change(&mut input, pool);
        }
        input.truncate(limit);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, pool: &[Vec<u8>]) {
        let at = self.random.usize(..=input.len());
        let end = input.len().min(at + self.random.usize(..=32));
        match self.random.u8(..10) {
            0 => self.set(input, at, |byte, random| byte ^ (1 << random.u8(..8))),
            1 => self.set(input, at, |_, random| random.u8(..)),
            2 => self.set(input, at, |_, random| random.choice(BYTES).copied().unwrap_or_default()),
            3 => self.set(input, at, |byte, random| byte.wrapping_add(random.u8(..=4)).wrapping_sub(2)),
            4 => drop(input.drain(at..end)),
            5 => {
                let copy = input.get(at..end).unwrap_or_default().to_vec();
                let to = self.random.usize(..=input.len());
                input.splice(to..to, copy);
            }
            6 => {
                let bytes: Vec<u8> = (0..self.random.usize(1..=8)).map(|_| self.random.u8(..)).collect();
                input.splice(at..at, bytes);
            }
            7 => {
                let word = self.random.choice(self.dictionary).copied().unwrap_or_default();
                let replaced = if self.random.bool() { at..end.min(at + word.len()) } else { at..at };
                input.splice(replaced, word.bytes());
            }
            8 => {
                let Some(other) = self.random.choice(pool) else { return };
                let from = self.random.usize(..=other.len());
                input.truncate(at);
                input.extend_from_slice(other.get(from..).unwrap_or_default());
            }
            _ => {
                let Some(other) = self.random.choice(pool) else { return };
                let from = self.random.usize(..=other.len());
                let to = other.len().min(from + self.random.usize(..=64));
                input.splice(at..at, other.get(from..to).unwrap_or_default().iter().copied());
            }
        }
    }

    fn set(&mut self, input: &mut [u8], at: usize, change: impl FnOnce(u8, &mut Rng) -> u8) {
        if let Some(byte) = input.get_mut(at) {
            *byte = change(*byte, &mut self.random);
        }
    }
}
