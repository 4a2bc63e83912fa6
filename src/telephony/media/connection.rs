//! What is asked of an `RtcPeerConnection`.

use super::stats::Count;
use js_sys::{Array, JSON, Map};
use std::future::Future;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MediaStreamTrack, RtcPeerConnection, RtcRtpReceiver, RtcRtpSender, RtcRtpTransceiver, RtcRtpTransceiverDirection,
};

/// Whether the two sides have agreed to send to each other: the call is answered, and on hold by neither side.
pub fn is_talking(connection: &RtcPeerConnection) -> bool {
    let transceivers = connection.get_transceivers();
    let mut transceivers = transceivers.iter().map(JsCast::unchecked_into::<RtcRtpTransceiver>);
    let audio = transceivers.find(|transceiver| is_audio(&transceiver.receiver().track()));
    audio.and_then(|audio| audio.current_direction()) == Some(RtcRtpTransceiverDirection::Sendrecv)
}

/// What comes from the other side.
pub fn received_tracks(connection: &RtcPeerConnection) -> Vec<MediaStreamTrack> {
    let receivers = connection.get_receivers();
    let tracks = receivers.iter().map(|receiver| receiver.unchecked_into::<RtcRtpReceiver>().track());
    tracks.filter(is_audio).collect()
}

/// Sends this track in place of the one that is sent.
pub async fn replace_track(connection: &RtcPeerConnection, track: &MediaStreamTrack) {
    let senders = connection.get_senders();
    for sender in senders.iter().map(JsCast::unchecked_into::<RtcRtpSender>) {
        if sender.track().as_ref().is_some_and(is_audio) {
            // A connection that is closed refuses; the call is over then.
            let _ = JsFuture::from(sender.replace_track(Some(track))).await;
        }
    }
}

/// What was counted until now. `None` before anything is received.
pub fn count(connection: &RtcPeerConnection) -> impl Future<Output = Option<Count>> + use<> {
    let report = connection.get_stats();
    async {
        let report = JsFuture::from(report).await.ok()?;
        let objects = Array::from(&report.unchecked_into::<Map>().values());
        Count::read(&String::from(JSON::stringify(&objects).ok()?))
    }
}

pub fn is_audio(track: &MediaStreamTrack) -> bool {
    track.kind() == "audio"
}
