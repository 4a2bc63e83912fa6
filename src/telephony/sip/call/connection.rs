//! The connection for the media of a call.

use super::super::ua::{Details, object};
use super::{Call, Timer};
use crate::telephony::CallEvent;
use call_model::AudioEvent;
use gloo::events::EventListener;
use std::rc::Rc;
use web_sys::{RtcIceConnectionState, RtcPeerConnection};

/// How long the offer waits for further ICE candidates after the first, in milliseconds. A network without a way to a STUN server
/// would delay it by many seconds.
const CANDIDATES: f64 = 500.0;
/// How long a call without media waits for it to come back by itself, in milliseconds.
const MEDIA_GAP: f64 = 2_000.0;
/// How long a restart of ICE may take before the connection to the exchange is checked: it may be on a network that is gone. Each further
/// restart may take twice as long, up to eight times: a slow one is not to be interrupted by the next. In milliseconds.
const RESTART: f64 = 5_000.0;
/// How often that time is doubled.
const LONGEST_RESTART: u32 = 3;
/// When a request about the media is repeated that another one was in the way of, in milliseconds.
const BUSY_MEDIA: f64 = 500.0;

impl Call {
    /// Looks for a new way for the media, and tells the exchange which connection to use for this call.
    pub fn restart_ice(self: &Rc<Self>) {
        // Without a connection to the exchange this is done when it is back.
        let Some(session) = self.established().filter(|_| self.agent.ua().is_connected()) else { return };
        let offer = object([("iceRestart", true.into())]);
        if !session.renegotiate(&object([("rtcOfferConstraints", offer.into())])) && !self.is_interrupted.get() {
            self.start_media_timer(BUSY_MEDIA, Self::restart_ice);
        }
        if self.is_interrupted.get() {
            let restarts = self.restarts.replace((self.restarts.get() + 1).min(LONGEST_RESTART));
            self.start_media_timer(RESTART * f64::from(1_u32 << restarts), |call| call.agent.check_connection());
        }
    }

    fn start_media_timer(self: &Rc<Self>, delay: f64, then: fn(&Rc<Self>)) {
        let call = Rc::downgrade(self);
        self.timers.cancel(&Timer::Media);
        self.timers.start(Timer::Media, delay, move || {
            if let Some(call) = call.upgrade() {
                then(&call);
            }
        });
    }

    fn interrupted(self: &Rc<Self>, on: bool) {
        if self.is_interrupted.replace(on) != on {
            self.restarts.set(0);
            self.report(CallEvent::Audio(AudioEvent::Interrupted(on)));
        }
    }

    /// Sends the offer or the answer soon after the first candidate.
    pub(super) fn on_candidate(self: &Rc<Self>, details: Details) {
        self.timers.cancel(&Timer::Candidates);
        self.timers.start(Timer::Candidates, CANDIDATES, move || details.ready());
    }

    pub(super) fn use_connection(self: &Rc<Self>, connection: &RtcPeerConnection) {
        if let (Some(microphone), Some(phone)) = (self.microphone.take(), self.phone.upgrade()) {
            let call = Rc::downgrade(self);
            let report = move |event| {
                if let Some(call) = call.upgrade() {
                    call.report(CallEvent::Audio(event));
                }
            };
            self.media.replace(Some(phone.media.begin(connection, microphone, report)));
        }
        let (for_state, watched) = (Rc::downgrade(self), connection.clone());
        self.media_events.replace(vec![EventListener::new(connection, "iceconnectionstatechange", move |_| {
            let Some(call) = for_state.upgrade() else { return };
            match watched.ice_connection_state() {
                RtcIceConnectionState::Disconnected | RtcIceConnectionState::Failed if !call.is_interrupted.get() => {
                    call.interrupted(true);
                    call.start_media_timer(MEDIA_GAP, Self::restart_ice);
                }
                RtcIceConnectionState::Connected | RtcIceConnectionState::Completed => {
                    call.timers.cancel(&Timer::Media);
                    call.interrupted(false);
                }
                _ => {}
            }
        })]);
    }
}
