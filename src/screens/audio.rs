//! What the user sees of the sound of calls. With the feature `audio` alone.

mod button;
mod device_select;
mod dialog;
mod microphone_level;
mod quality;
mod warning;

pub use button::AudioButton;
pub use quality::CallQuality;
pub use warning::{AudioWarning, Warning};
