//! The seam to the phone system. A fork writes its own [`Telephony`] and names it in `src/providers.rs`.

#[cfg(feature = "audio")]
pub mod media;
mod mock;
#[cfg(feature = "sip")]
mod sip;

pub use call_model::{CallEvent, CallId, Capabilities, PhoneCommand, PhoneEvent};
pub use mock::{MockTelephony, Step, script};
#[cfg(feature = "sip")]
pub use sip::SipTelephony;

use crate::account::Session;
use std::rc::Rc;

/// Where a phone system reports what happens.
pub type PhoneEvents = Rc<dyn Fn(PhoneEvent)>;

/// A phone system.
///
/// Nothing here waits: results are events, which may be reported before a method returns or at any time later. A method that is
/// called while the system is not connected does nothing that outlives it; the app dials only while it is connected.
pub trait Telephony {
    /// What it can do. A control is shown when its capability is there.
    fn capabilities(&self) -> Capabilities;

    /// Connects with the credentials of a session. Reports [`PhoneEvent::Connected`] when calls can be made, and
    /// [`PhoneEvent::Disconnected`] whenever that is no longer so; it then reconnects by itself. Reports
    /// [`PhoneEvent::SessionExpired`] when the token is no longer accepted; it is then connected again with a renewed session.
    /// A second call replaces the session and the events of the first, and keeps its calls.
    fn connect(&self, session: &Session, events: PhoneEvents);

    /// Disconnects: the user has logged out. No event is reported afterwards, not even when it is connected again.
    fn disconnect(&self);

    /// Disconnects and keeps the calls: another frame of this user leads now, connects, and resumes them. No event is reported
    /// afterwards, until this frame leads again and connects. It may be called without a connection.
    fn hand_over(&self);

    /// Sends a command about a call. Its result is reported as [`PhoneEvent::Call`]. A command about a call that is not on does
    /// nothing.
    fn send(&self, call: &CallId, command: PhoneCommand);

    /// Sets the user's devices and what is done to the sound, for the call that is on and for those that follow. It is called in
    /// the frame that leads, whenever the user has changed something, and before the first call.
    #[cfg(feature = "audio")]
    fn set_audio(&self, settings: &media::AudioSettings) {
        let _ = settings;
    }

    /// Resumes a call after a reload or in another frame. Reports [`CallEvent::Resumed`] if it is on, or how it ended.
    /// It is called after [`Telephony::connect`], maybe before the connection is there.
    fn resume(&self, call: &CallId);
}
