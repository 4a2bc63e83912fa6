//! The sound of calls, for phone systems whose sound goes through the browser: the user's devices, what is said about them, and
//! how good a call sounds. It knows no protocol: a phone system brings the `RtcPeerConnection`. With the feature `audio` alone.

mod quality;
mod settings;
mod speech;
mod stats;

pub use quality::{Measures, rate};
pub use settings::{AudioSettings, Device, available};
pub use speech::{SpeechWatch, Warnings};
pub use stats::{Count, RemoteReport, Window};
