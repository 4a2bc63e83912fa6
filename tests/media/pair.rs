//! A call between two connections of the page. The second one is the other side.

use super::becomes_true;
use call_model::AudioEvent;
use demo_app_rust::telephony::media::{CallMedia, LevelMeter, Media, Microphone};
use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    MediaStream, MediaStreamTrack, RtcPeerConnection, RtcPeerConnectionIceEvent, RtcRtpReceiver,
    RtcSessionDescriptionInit,
};

pub struct Call {
    /// Ends the sound of the call when it is taken.
    pub media: Option<CallMedia>,
    pub microphone: MediaStream,
    pub here: RtcPeerConnection,
    there: RtcPeerConnection,
    events: Rc<RefCell<Vec<AudioEvent>>>,
    _listeners: Vec<EventListener>,
}

impl Call {
    /// Connected: the two sides send to each other.
    pub async fn begin(media: &Media, microphone: Microphone, other_side: &MediaStream) -> Self {
        let (here, there) = (RtcPeerConnection::new().unwrap(), RtcPeerConnection::new().unwrap());
        let listeners = vec![candidates(&here, &there), candidates(&there, &here)];
        let stream = Clone::clone(microphone.stream());
        add_tracks(&here, &stream);
        let events = Rc::<RefCell<Vec<AudioEvent>>>::default();
        let recorded = events.clone();
        let report = move |event| recorded.borrow_mut().push(event);
        let media = media.begin(&here, microphone, report);
        let offer = description(here.create_offer()).await;
        done(here.set_local_description(&offer)).await;
        done(there.set_remote_description(&offer)).await;
        add_tracks(&there, other_side);
        let answer = description(there.create_answer()).await;
        done(there.set_local_description(&answer)).await;
        done(here.set_remote_description(&answer)).await;
        Call { media: Some(media), microphone: stream, here, there, events, _listeners: listeners }
    }

    pub fn events(&self) -> Vec<AudioEvent> {
        self.events.borrow().clone()
    }

    /// Waits for an event, and returns it.
    pub async fn until(&self, what: &str, is_meant: impl Fn(&AudioEvent) -> bool) -> AudioEvent {
        let is_there = becomes_true(|| self.events.borrow().iter().any(&is_meant)).await;
        assert!(is_there, "waited in vain for {what}; reported so far: {:?}", self.events());
        self.events().into_iter().find(is_meant).unwrap()
    }

    pub fn forget_events(&self) {
        self.events.borrow_mut().clear();
    }

    /// What the connection sends.
    pub fn sent_track(&self) -> MediaStreamTrack {
        self.here
            .get_senders()
            .iter()
            .find_map(|sender| sender.unchecked_into::<web_sys::RtcRtpSender>().track())
            .unwrap()
    }

    /// The other side is gone without a word.
    pub fn close_there(&self) {
        self.there.close();
    }

    /// What the other side gets.
    pub fn heard_there(&self) -> LevelMeter {
        let receiver: RtcRtpReceiver = self.there.get_receivers().get(0).unchecked_into();
        LevelMeter::new(&receiver.track()).unwrap()
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.here.close();
        self.there.close();
    }
}

fn add_tracks(connection: &RtcPeerConnection, stream: &MediaStream) {
    for track in stream.get_audio_tracks().iter() {
        connection.add_track_0(&track.unchecked_into(), stream);
    }
}

fn candidates(of: &RtcPeerConnection, to: &RtcPeerConnection) -> EventListener {
    let to = RtcPeerConnection::clone(to);
    EventListener::new(of, "icecandidate", move |event| {
        let candidate = event.unchecked_ref::<RtcPeerConnectionIceEvent>().candidate();
        let added = to.add_ice_candidate_with_opt_rtc_ice_candidate(candidate.as_ref());
        spawn_local(async move {
            // Late ones come when the test is over.
            let _ = JsFuture::from(added).await;
        });
    })
}

async fn description(promise: impl Into<js_sys::Promise<JsValue>>) -> RtcSessionDescriptionInit {
    JsFuture::from(promise.into()).await.unwrap().unchecked_into()
}

async fn done(promise: impl Into<js_sys::Promise<JsValue>>) {
    JsFuture::from(promise.into()).await.unwrap();
}
