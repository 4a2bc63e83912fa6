//! Fuzz targets: functions of bytes, as cargo-fuzz calls them. `tests/targets.rs` runs them with `fuzz-driver`, on stable Rust:
//! first the corpus in `corpus/`, then mutations of it.
//!
//! A longer run: `FUZZ_CASES=1000000 FUZZ_SEED=7 cargo test -p fuzz -- --nocapture`. With cargo-fuzz, a target is
//! `libfuzzer_sys::fuzz_target!(|data: &[u8]| { fuzz::sessions(data); });`, and the same folders are its corpora.

mod codec;
mod runtime;
mod sessions;
mod source;
mod text;

pub use codec::codec;
pub use runtime::runtime;
pub use sessions::sessions;
pub use source::{NAMES, Source, TEXTS};
pub use text::{origin, phone_number};
