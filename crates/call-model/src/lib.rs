//! The call model: the state of the phone, what can happen to it, and what follows. It depends on no browser, framework or clock.
//!
//! Read [`state`] first, then [`action`], then [`update()`]. Time and ids come from outside with every action, so a run can be
//! replayed from the list of its actions. State and user actions can be written and read with serde, to store them and to send
//! them between frames.
#![warn(missing_docs)]

pub mod account;
pub mod action;
#[cfg(feature = "audio")]
pub mod audio;
pub mod call;
#[cfg(feature = "softphone")]
pub mod consultation;
pub mod phone;
pub mod phone_number;
#[cfg(feature = "softphone")]
pub mod sip;
pub mod state;
mod update;

pub use account::{Account, Disposition, OwnNumber, Session, Token};
pub use action::{Action, Command, Stamped, UserAction};
#[cfg(feature = "audio")]
pub use audio::{AudioEvent, CallAudio, DeviceChange, DeviceKind, DeviceName, Quality, QualityIssue};
pub use call::{Call, CallPhase, EndReason, EngagementState, Finalize};
#[cfg(feature = "softphone")]
pub use consultation::{Consult, ConsultEvent, Consultation};
pub use phone::{CallEvent, CallId, Capabilities, PhoneCommand, PhoneEvent};
#[cfg(feature = "softphone")]
pub use sip::{DigitMethod, IceServer, SipAccount};
pub use state::{HostInfo, HostLink, Line, Notice, Screen, State};
pub use update::{Outcome, update};
