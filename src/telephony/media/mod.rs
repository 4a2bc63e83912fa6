//! The sound of calls, for phone systems whose sound goes through the browser: the user's devices, what is said about them, and
//! how good a call sounds. It knows no protocol: a phone system brings the `RtcPeerConnection`. With the feature `audio` alone.
//!
//! A phone system has one [`Media`]. It opens the microphone of each call with it, hands it the connection, and drops the
//! [`CallMedia`] when the call is over:
//!
//! ```no_run
//! use call_model::{CallEvent, CallId, PhoneEvent};
//! use demo_app_rust::telephony::PhoneEvents;
//! use demo_app_rust::telephony::media::{CallMedia, Media, MicrophoneError};
//! use web_sys::RtcPeerConnection;
//!
//! async fn begin(
//!     media: &Media,
//!     connection: &RtcPeerConnection,
//!     call: CallId,
//!     events: PhoneEvents,
//! ) -> Result<CallMedia, MicrophoneError> {
//!     let microphone = media.open_microphone().await?;
//!     if let Some(track) = microphone.track() {
//!         connection.add_track_0(&track, microphone.stream());
//!     }
//!     let report = move |event| events(PhoneEvent::Call { call: call.clone(), event: CallEvent::Audio(event) });
//!     Ok(media.begin(connection, microphone, report))
//! }
//! ```

mod call_media;
mod connection;
mod devices;
mod level;
mod microphone;
mod output;
mod playback;
mod quality;
mod settings;
mod speech;
mod stats;

pub use devices::{Devices, can_choose_speaker, list as list_devices, on_change as on_devices_change};
pub use level::{LevelMeter, loudness};
pub use microphone::{Microphone, MicrophoneError, open as open_microphone};
pub use output::{Output, TestSound};
pub use quality::{Measures, rate};
pub use settings::{AudioSettings, Device, available};
pub use speech::{SpeechWatch, Warnings};
pub use stats::{Count, RemoteReport, Window};

use call_media::CallSound;
use call_model::AudioEvent;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use web_sys::RtcPeerConnection;

/// The sound of all calls of a phone system: the user's settings, and the calls that they apply to.
#[derive(Clone, Default)]
pub struct Media(Rc<Shared>);

#[derive(Default)]
struct Shared {
    settings: RefCell<AudioSettings>,
    calls: RefCell<Vec<Weak<CallSound>>>,
}

impl Media {
    /// The user's settings, for the calls that are on and for those that follow: what
    /// [`Telephony::set_audio`](super::Telephony::set_audio) is called with.
    pub fn set_settings(&self, settings: &AudioSettings) {
        self.0.settings.replace(settings.clone());
        self.0.calls.borrow_mut().retain(|call| call.strong_count() > 0);
        let calls = self.0.calls.borrow().clone();
        calls.iter().filter_map(Weak::upgrade).for_each(|call| call.set_settings(settings));
    }

    /// Opens the user's microphone for a call. It is released when it is dropped, or when the call ends that it is given to with
    /// [`Media::begin`].
    ///
    /// # Errors
    ///
    /// When the page may not use it, when there is none, or when it cannot be opened.
    pub async fn open_microphone(&self) -> Result<Microphone, MicrophoneError> {
        let settings = self.0.settings.borrow().clone();
        open_microphone(&settings).await
    }

    /// The sound of a call begins. `microphone` is what the connection sends, or will send. A call is muted by disabling its
    /// track (`enabled`), which is what the user is warned by.
    ///
    /// From now on what the other side says is played, and `report` is called with what happens: see [`AudioEvent`]. When a
    /// device goes or the settings change, the connection gets the track of another device.
    pub fn begin(
        &self,
        connection: &RtcPeerConnection,
        microphone: Microphone,
        report: impl Fn(AudioEvent) + 'static,
    ) -> CallMedia {
        let settings = self.0.settings.borrow().clone();
        let call = CallSound::begin(connection, microphone, settings, Box::new(report));
        self.0.calls.borrow_mut().push(Rc::downgrade(&call));
        CallMedia(call)
    }
}

/// The sound of a call that is on. When it is dropped the microphone is released, and nothing is played or reported any more.
pub struct CallMedia(Rc<CallSound>);

impl Drop for CallMedia {
    fn drop(&mut self) {
        self.0.end();
    }
}
