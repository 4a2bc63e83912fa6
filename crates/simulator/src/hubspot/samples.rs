//! Sample payloads for messages that are sent manually.

use super::State;
use crate::crm;
use calling_extensions::{
    codec::{Map, Value},
    message::{
        CallerIdMatch, CallerIdMatches, CallerIdType, Engagement, EngagementOfCall, ErrorInfo, Failure, HostMessage,
        Message, NavigateToRecordFailed, ObjectCoordinates, Visibility,
    },
};

/// A sample payload for this type. It refers to the latest call. `{}` if the payload is not documented.
pub fn sample(state: &State, kind: &str) -> Value {
    let call = state.calls.last();
    let engagement_id = call.and_then(|call| call.engagement).map(super::state::number_id);
    let external_call_id = call.map(|call| call.external_call_id.clone()).unwrap_or_default();
    let error = Some(ErrorInfo { message: Some("Sent manually.".into()), ..Default::default() });
    let coordinates = ObjectCoordinates {
        portal_id: Some(super::state::number_id(crm::PORTAL_ID.into())),
        object_id: Some(super::state::number_id(51)),
        object_type_id: Some("0-1".into()),
        ..Default::default()
    };
    use HostMessage::*;
    let message = match HostMessage::decode(kind, None) {
        Some(EngagementCreated(_) | CreateEngagementSucceeded(_) | UpdateEngagementSucceeded(_)) => {
            CreateEngagementSucceeded(Engagement { engagement_id, ..Default::default() })
        }
        Some(CreateEngagementFailed(_) | UpdateEngagementFailed(_)) => {
            CreateEngagementFailed(Engagement { error, ..Default::default() })
        }
        Some(
            FinalizeEngagementSucceeded(_)
            | FinalizeEngagementFailed(_)
            | PublishToChannelSucceeded(_)
            | PublishToChannelFailed(_),
        ) => FinalizeEngagementSucceeded(EngagementOfCall { external_call_id, engagement_id, ..Default::default() }),
        Some(NavigateToRecordFailed(_)) => NavigateToRecordFailed(self::NavigateToRecordFailed {
            engagement_id,
            object_coordinates: Some(coordinates),
            ..Default::default()
        }),
        Some(CallerIdMatchSucceeded(_)) => {
            let caller = CallerIdMatch {
                caller_id_type: Some(CallerIdType::Contact),
                object_coordinates: Some(coordinates),
                first_name: Some("Anna".into()),
                last_name: Some("Answers".into()),
                ..Default::default()
            };
            CallerIdMatchSucceeded(CallerIdMatches { caller_id_matches: vec![caller], ..Default::default() })
        }
        Some(CallerIdMatchFailed(_) | Failed(_)) => Failed(Failure { error, ..Default::default() }),
        Some(VisibilityChanged(_)) => {
            VisibilityChanged(Visibility { is_minimized: Some(true), is_hidden: Some(false), ..Default::default() })
        }
        Some(DialNumber(_)) => {
            let mut dial = Map::new();
            dial.set("phoneNumber", "+1 617 555 0111");
            return Value::Map(dial);
        }
        Some(InitiateCallIdSucceeded(_)) => {
            let mut data = Map::new();
            data.set("callId", external_call_id);
            return Value::Map(data);
        }
        Some(SetCallState(_) | EndCall(_) | InitiateCallIdFailed(_) | SetWidgetUrlFailed(_) | Unloading(_)) | None => {
            return Value::Map(Map::new());
        }
    };
    message.data().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_message_type_can_decode_its_sample() {
        let state = State::default();
        for kind in HostMessage::KINDS {
            let data = sample(&state, kind);
            let read = HostMessage::decode(kind, Some(&data)).unwrap();
            assert_eq!(read.kind(), *kind);
            let failed = kind.ends_with("FAILED") && data.get("error").is_some();
            let reason = data.get("error").and_then(|error| error.get("message")).and_then(Value::as_text);
            assert_eq!(failed, reason.is_some(), "{kind}: {data:?}");
        }
        assert_eq!(sample(&state, "A_TYPE_OF_ITS_OWN"), Value::Map(Map::new()));
    }

    #[test]
    fn samples_refer_to_the_latest_call() {
        use crate::hubspot::{Action, FrameId, update};
        let data = serde_json::from_str(r#"{"externalCallId": "c1", "createEngagement": true}"#).unwrap();
        let kind = "OUTGOING_CALL_STARTED".to_owned();
        let (state, _) =
            update(&State::default(), 0.0, Action::FromWidget { frame: FrameId("a".into()), kind, data: Some(data) });
        let engagement = state.calls[0].engagement.unwrap() as f64;
        let rows = [
            ("UPDATE_ENGAGEMENT_SUCCEEDED", "engagementId", Value::Number(engagement)),
            ("FINALIZE_ENGAGEMENT_FAILED", "engagementId", Value::Number(engagement)),
            ("FINALIZE_ENGAGEMENT_FAILED", "externalCallId", Value::from("c1")),
            ("NAVIGATE_TO_RECORD_FAILED", "engagementId", Value::Number(engagement)),
            ("INITIATE_CALL_ID_SUCCEEDED", "callId", Value::from("c1")),
        ];
        for (kind, field, value) in rows {
            assert_eq!(sample(&state, kind).get(field), Some(&value), "{kind}");
        }
    }
}
