//! How components get the state of the phone and act on it.

mod cti;
mod cti_provider;
#[cfg(feature = "audio")]
mod use_audio;
mod use_auto_focus;
mod use_call_timer;
mod use_cti;
mod use_persistent_state;

pub use cti::Cti;
pub use cti_provider::{CtiProvider, CtiProviderProps};
#[cfg(feature = "audio")]
pub use use_audio::{use_audio_devices, use_audio_settings};
pub use use_auto_focus::use_auto_focus;
pub use use_call_timer::use_call_timer;
pub use use_cti::{use_cti, use_cti_selector};
pub use use_persistent_state::{PersistentState, use_persistent_state};
