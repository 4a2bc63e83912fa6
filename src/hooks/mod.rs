//! How components come by the state and the verbs.

mod use_call_timer;
mod use_cti;

pub use use_call_timer::use_call_timer;
pub use use_cti::{Cti, use_cti};
