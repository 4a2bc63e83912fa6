//! Runs fuzz targets on stable Rust, as tests.
//!
//! A target is a function of bytes, as cargo-fuzz calls them. cargo-fuzz itself needs a nightly compiler; bolero runs on stable, but
//! there it does not mutate the corpus, which is what finds errors in readers of files. So this crate has a small driver:
//!
//! 1. It runs every file of the target's corpus.
//! 2. It runs mutations of them, chosen by a seed. An input whose [`Shape`] has a new feature is mutated further.
//!
//! A case fails when it panics, when it takes more than [`LIMIT`], or when memory is left allocated each time that it runs. The input
//! is then written to the corpus, so that the case stays in the tests.
//!
//! | variable | meaning |
//! |---|---|
//! | `FUZZ_CASES` | how many mutations of each target are run; otherwise a number that takes a second |
//! | `FUZZ_SEED` | another seed than 1 |
//! | `FUZZ_KEEP` | when set, the inputs with most new features are written to the corpus |

mod corpus;
mod mutate;

use allocation_counter::measure;
use corpus::Corpus;
use cpu_time::ThreadTime;
use mutate::Mutator;
use std::{
    cmp::Reverse,
    hash::{DefaultHasher, Hash, Hasher},
    panic::catch_unwind,
    path::Path,
    time::{Duration, Instant},
};

/// The time of the processor that a case may take, in a build without optimization.
pub const LIMIT: Duration = Duration::from_millis(50);

/// The number of features that are told apart.
const FEATURES: usize = 1 << 13;

/// How many inputs a run adds to the corpus at most.
const MAX_KEPT: usize = 40;

/// What a case led to: a set of features, such as a branch that was taken or a kind of result. Features are hashed, so two of them may
/// count as one.
#[derive(Clone, Copy, PartialEq)]
pub struct Shape([u64; FEATURES / 64]);

impl Default for Shape {
    fn default() -> Self {
        Shape([0; FEATURES / 64])
    }
}

impl Shape {
    /// The shape of a case with this feature alone.
    pub fn of(feature: &impl Hash) -> Self {
        let mut shape = Shape::default();
        shape.add(feature);
        shape
    }

    /// Adds a feature.
    pub fn add(&mut self, feature: &impl Hash) {
        let mut hasher = DefaultHasher::new();
        feature.hash(&mut hasher);
        let bit = hasher.finish() as usize % FEATURES;
        if let Some(word) = self.0.get_mut(bit / 64) {
            *word |= 1 << (bit % 64);
        }
    }

    /// Adds the features of another shape; true when one of them is new.
    fn merge(&mut self, other: &Shape) -> bool {
        let mut is_new = false;
        for (word, other) in self.0.iter_mut().zip(other.0) {
            is_new |= other & !*word != 0;
            *word |= other;
        }
        is_new
    }

    fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }
}

/// A fuzz target.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The name, which is also that of the folder with its corpus.
    pub name: &'static str,
    /// Runs a case. It panics when a property does not hold.
    pub run: fn(&[u8]) -> Shape,
    /// Texts that mutations insert.
    pub dictionary: &'static [&'static str],
    /// How many mutations are run without `FUZZ_CASES`.
    pub cases: u64,
}

/// What a run of a target has done.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The number of cases, those of the corpus included.
    pub cases: u64,
    /// The number of inputs in the corpus.
    pub corpus: usize,
    /// The number of features that were seen.
    pub features: u32,
    /// The longest case.
    pub longest: Duration,
}

/// Runs a target on its corpus, which is a folder in `corpora`, and on mutations.
///
/// # Panics
/// When a case fails, or when there is no corpus.
pub fn fuzz(target: &Target, corpora: &Path) -> Report {
    let began = Instant::now();
    let corpus = Corpus::read(corpora.join(target.name));
    let cases = number_in("FUZZ_CASES").unwrap_or(target.cases);
    let mut run = Run::new(target, &corpus);
    for input in corpus.inputs() {
        run.case(input);
    }
    let mut pool = corpus.inputs().to_vec();
    let mut mutator = Mutator::new(number_in("FUZZ_SEED").unwrap_or(1), target.dictionary);
    for _ in 0..cases {
        let input = mutator.next(&pool);
        if run.case(&input) {
            pool.push(input);
        }
    }
    if std::env::var_os("FUZZ_KEEP").is_some() {
        run.keep(&pool);
    }
    let report = run.report;
    println!("{}: {report:?} in {} s", target.name, began.elapsed().as_secs_f32());
    report
}

fn number_in(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|text| text.parse().ok())
}

struct Run<'a> {
    target: &'a Target,
    corpus: &'a Corpus,
    seen: Shape,
    report: Report,
}

impl<'a> Run<'a> {
    fn new(target: &'a Target, corpus: &'a Corpus) -> Self {
        let report = Report { cases: 0, corpus: corpus.inputs().len(), features: 0, longest: Duration::ZERO };
        Run { target, corpus, seen: Shape::default(), report }
    }

    /// Runs a case; true when it has a new feature.
    fn case(&mut self, input: &[u8]) -> bool {
        let mut measured = self.measure(input);
        // What is allocated once, such as a thread-local value, is no leak, and a page fault is no hang.
        for _ in 0..2 {
            if measured.time > LIMIT || measured.left != 0 {
                let again = self.measure(input);
                measured.time = measured.time.min(again.time);
                measured.left = measured.left.min(again.left);
            }
        }
        if measured.time > LIMIT {
            self.fail(input, &format!("took {} ms", measured.time.as_millis()));
        }
        if measured.left > 0 {
            self.fail(input, &format!("left {} bytes allocated", measured.left));
        }
        self.report.cases += 1;
        self.report.longest = self.report.longest.max(measured.time);
        let is_new = self.seen.merge(&measured.shape);
        self.report.features = self.seen.count();
        is_new
    }

    /// Adds to the corpus, of these inputs, those that have the most features which it does not have yet.
    fn keep(&self, pool: &[Vec<u8>]) {
        let shape_of = |input: &Vec<u8>| (self.target.run)(input);
        let mut covered = Shape::default();
        for input in self.corpus.inputs() {
            covered.merge(&shape_of(input));
        }
        let mut candidates: Vec<_> = pool.iter().map(|input| (shape_of(input), input)).collect();
        candidates.sort_by_key(|(shape, input)| (Reverse(shape.count()), input.len()));
        let mut kept = 0;
        for (shape, input) in candidates {
            if kept < MAX_KEPT && covered.merge(&shape) {
                self.corpus.keep("found", input);
                kept += 1;
            }
        }
    }

    fn measure(&self, input: &[u8]) -> Measured {
        let began = ThreadTime::now();
        let mut shape = None;
        let memory = measure(|| shape = catch_unwind(|| (self.target.run)(input)).ok());
        let time = began.elapsed();
        match shape {
            Some(shape) => Measured { shape, time, left: memory.bytes_current },
            None => self.fail(input, "panicked"),
        }
    }

    #[allow(clippy::panic, reason = "this crate is for tests: a case that fails must fail the test")]
    fn fail(&self, input: &[u8], what: &str) -> ! {
        let file = self.corpus.keep("fault", input);
        panic!("a case of {} {what}; its input is now in {}", self.target.name, file.display());
    }
}

struct Measured {
    shape: Shape,
    time: Duration,
    /// How many bytes more are allocated than before.
    left: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// An empty folder of this test, with a corpus of one file for a target named `target`.
    fn corpora(test: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("fuzz-driver-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("target")).unwrap();
        std::fs::write(folder.join("target/seed"), "seed").unwrap();
        folder
    }

    /// Runs a target that fails, and returns the message and the inputs that were kept.
    fn failure(test: &str, run: fn(&[u8]) -> Shape) -> (String, Vec<Vec<u8>>) {
        let folder = corpora(test);
        let target = Target { name: "target", run, dictionary: &["fault"], cases: 10_000 };
        let message = catch_unwind(|| fuzz(&target, &folder)).unwrap_err();
        let files = std::fs::read_dir(folder.join("target")).unwrap().map(|entry| entry.unwrap().path());
        let faults = files.filter(|file| file.file_name().unwrap().to_string_lossy().starts_with("fault"));
        let kept = faults.map(|file| std::fs::read(file).unwrap()).collect();
        std::fs::remove_dir_all(folder).unwrap();
        (message.downcast_ref::<String>().unwrap().clone(), kept)
    }

    fn has_fault(input: &[u8]) -> bool {
        input.windows(5).any(|part| part == b"fault")
    }

    #[test]
    fn a_panic_is_found_and_its_input_is_kept() {
        let (message, kept) = failure("panic", |input| {
            assert!(!has_fault(input));
            Shape::of(&input.len())
        });
        assert!(message.contains("panicked"), "{message}");
        assert!(matches!(&kept[..], [input] if has_fault(input)), "{kept:?}");
    }

    #[test]
    fn a_case_that_takes_too_long_is_found() {
        let (message, _) = failure("slow", |input| {
            let began = ThreadTime::now();
            while has_fault(input) && began.elapsed() < 2 * LIMIT {}
            Shape::of(&0)
        });
        assert!(message.contains("took"), "{message}");
    }

    #[test]
    fn memory_that_is_left_is_found_and_a_value_that_is_made_once_is_not_meant() {
        thread_local!(static ONCE: String = "x".repeat(100));
        let (message, _) = failure("memory", |input| {
            if has_fault(input) {
                std::mem::forget(vec![0_u8; 100]);
            }
            Shape::of(&ONCE.with(String::len))
        });
        assert!(message.contains("left 100 bytes"), "{message}");
    }

    #[test]
    fn a_seed_reproduces_a_run() {
        let folder = corpora("seed");
        let run = |input: &[u8]| Shape::of(&(input.len() % 50, input.first()));
        let target = Target { name: "target", run, dictionary: &[], cases: 2_000 };
        let shapes = [1, 2].map(|_| fuzz(&target, &folder).features);
        assert_eq!(shapes[0], shapes[1]);
        assert!(shapes[0] > 100, "{shapes:?}");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
