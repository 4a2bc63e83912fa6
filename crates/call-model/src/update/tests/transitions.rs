//! Every action in every state, as a table that can be read: `transitions.txt`. It has all that an action changes and all commands,
//! and says in which states the action is ignored. Other tests show how several actions follow each other.
//!
//! After a change of the model, `WRITE_TRANSITIONS=1 cargo test -p call-model --all-features transitions` writes the table again; the
//! difference is what a review looks at.

use super::*;
use crate::action::Stamped;
use crate::call::CallPhase;
use calling_extensions::message::OpenIn;
use serde_json::{Value as Json, to_value};
use std::collections::BTreeSet;

const TABLE: &str = include_str!("transitions.txt");
const INTRODUCTION: &str = "\
Every action in every state. Written by the test `transitions`; see transitions.rs.
Under each action: the states in which it applies, what it changes, and the commands that follow. In the other states it is
ignored.
";
/// How long after the last action of a state the action happens.
const LATER: Ms = 1_500.0;

type Make = fn(&TestHarness) -> Action;

/// An enum and an example of each of its variants, or several. A variant without an example does not compile.
macro_rules! examples {
    ($enum:ident as $wrap:expr => { $($(#[$attribute:meta])* $variant:ident: [$($example:expr),+ $(,)?],)* }) => {{
        #[allow(dead_code, reason = "it only has to compile")]
        fn every_variant_is_there(it: &$enum) {
            match it { $($(#[$attribute])* $enum::$variant { .. } => {})* }
        }
        let mut all: Vec<(String, Make)> = Vec::new();
        $($(#[$attribute])* {
            $({
                let make: Make = |harness| $wrap(harness, $example(harness));
                all.push((stringify!($variant).to_owned(), make));
            })+
        })*
        all
    }};
}

/// The states, from the first page to the saved call.
fn states() -> Vec<(&'static str, TestHarness)> {
    let with = |mut harness: TestHarness, change: fn(&mut TestHarness)| {
        change(&mut harness);
        harness
    };
    let available = || with(TestHarness::logged_in(), |harness| harness.does(UserAction::SetAvailable(true)));
    let dialing = || with(available(), |harness| harness.does(UserAction::Dial("+16175551234".into())));
    let talking = || with(dialing(), |harness| harness.event(CallEvent::Answered));
    let wrap_up = || with(talking(), |harness| harness.does(UserAction::HangUp));
    let known = || {
        with(talking(), |harness| {
            harness.receives("CREATE_ENGAGEMENT_SUCCEEDED", engagement(77.0));
            harness.receives("CALLER_ID_MATCH_SUCCEEDED", matches());
            harness.notes("Ada", 1);
            harness.does(UserAction::HangUp);
        })
    };
    vec![
        ("new", TestHarness::logged_out()),
        ("logged out", with(TestHarness::logged_out(), |harness| harness.does(Action::HubSpotReady(Ready::default())))),
        (
            "logging in",
            with(TestHarness::logged_out(), |harness| {
                harness.does(Action::HubSpotReady(Ready::default()));
                harness.does(Action::LogInRequested);
            }),
        ),
        (
            "connecting",
            with(TestHarness::logged_out(), |harness| {
                harness.does(Action::HubSpotReady(Ready::default()));
                harness.does(UserAction::LoggedIn(session()));
            }),
        ),
        ("unavailable", TestHarness::logged_in()),
        ("available", available()),
        (
            "number clicked",
            with(available(), |harness| {
                harness
                    .receives("DIAL_NUMBER", map(&[("phoneNumber", "+16175551234".into()), ("threadId", 4.0.into())]));
            }),
        ),
        ("microphone refused", with(available(), |harness| harness.does(Action::Microphone(false)))),
        (
            "line lost",
            with(available(), |harness| {
                harness.does(Action::Phone(PhoneEvent::Disconnected { reason: None }));
            }),
        ),
        ("dialing", dialing()),
        (
            "ringing",
            with(available(), |harness| {
                let event = CallEvent::Incoming { from: "+16175550100".into(), to: "+16179483986".into() };
                harness.does(Action::Phone(PhoneEvent::Call { call: CallId::from("in-1"), event }));
            }),
        ),
        ("talking", talking()),
        (
            "muted, on hold, recorded",
            with(talking(), |harness| {
                harness.event(CallEvent::Muted(true));
                harness.event(CallEvent::Held(true));
                harness.event(CallEvent::Recording(true));
            }),
        ),
        (
            "talking, engagement known",
            with(talking(), |harness| harness.receives("CREATE_ENGAGEMENT_SUCCEEDED", engagement(77.0))),
        ),
        ("wrap-up", wrap_up()),
        ("wrap-up, engagement known", known()),
        ("finalizing", with(known(), |harness| harness.does(UserAction::Finalize))),
        ("saved", with(known(), |harness| harness.does(UserAction::SaveCall))),
        (
            "hidden",
            with(talking(), |harness| harness.receives("VISIBILITY_CHANGED", map(&[("isHidden", true.into())]))),
        ),
    ]
}

fn matches() -> Value {
    let coordinates = map(&[("portalId", 1.0.into()), ("objectId", 2.0.into()), ("objectTypeId", "0-1".into())]);
    let caller =
        map(&[("callerIdType", "CONTACT".into()), ("objectCoordinates", coordinates), ("firstName", "Ada".into())]);
    map(&[("callerIdMatches", Value::List(vec![caller]))])
}

fn other_session() -> Session {
    let number = OwnNumber { id: "fr".into(), name: "Other".into(), number: "+33123456789".into() };
    Session {
        user: "ada".into(),
        account: Account { numbers: vec![number], ..Account::default() },
        ..Session::default()
    }
}

fn current(harness: &TestHarness) -> CallId {
    harness.state.call.as_ref().map_or_else(|| CallId::from("none"), |call| call.id.clone())
}

fn failure() -> Value {
    map(&[("engagementId", 77.0.into()), ("error", map(&[("message", "no".into())]))])
}

/// Every action, with the name of its enum.
fn actions() -> Vec<(String, Make)> {
    let plain = examples!(Action as |_: &TestHarness, action: Action| action => {
        User: [|_| Action::User(UserAction::LogOut)],
        LogInRequested: [|_| Action::LogInRequested],
        HubSpotReady: [
            |_| Action::HubSpotReady(Ready::default()),
            |_| Action::HubSpotReady(Ready { engagement_id: Some(Id::from(9.0)), portal_id: Some(Id::from(1.0)), ..Ready::default() }),
        ],
        HubSpot: [|_| hubspot("FAILED", Value::Null)],
        Phone: [|_| Action::Phone(PhoneEvent::Connected)],
        NoFrame: [|_| Action::NoFrame],
        HandshakeOverdue: [|_| Action::HandshakeOverdue],
        StorageBlocked: [|_| Action::StorageBlocked],
        Microphone: [|_| Action::Microphone(true), |_| Action::Microphone(false)],
        RingTimeout: [|harness| Action::RingTimeout(current(harness)), |_| Action::RingTimeout(CallId::from("other"))],
        TakeOver: [|_| Action::TakeOver { notify: true }, |_| Action::TakeOver { notify: false }],
        SessionRenewed: [|_| Action::SessionRenewed(session()), |_| Action::SessionRenewed(other_session())],
        SessionEnded: [|_| Action::SessionEnded { reason: Some("expired".into()) }],
    });
    let user = examples!(UserAction as |_: &TestHarness, action: UserAction| Action::User(action) => {
        LoggedIn: [|_| UserAction::LoggedIn(session())],
        LogInRefused: [|_| UserAction::LogInRefused("wrong".into())],
        LogOut: [|_| UserAction::LogOut],
        SetAvailable: [|_| UserAction::SetAvailable(true), |_| UserAction::SetAvailable(false)],
        ChooseFromNumber: [|_| UserAction::ChooseFromNumber("+33123456789".into())],
        Dial: [|_| UserAction::Dial("(617) 555-1234".into()), |_| UserAction::Dial("+1 617 555 1234".into()), |_| UserAction::Dial("+33123456789".into()), |_| UserAction::Dial("no number".into())],
        Answer: [|_| UserAction::Answer],
        HangUp: [|_| UserAction::HangUp],
        Mute: [|_| UserAction::Mute(true), |_| UserAction::Mute(false)],
        Hold: [|_| UserAction::Hold(true), |_| UserAction::Hold(false)],
        Record: [|_| UserAction::Record(true), |_| UserAction::Record(false)],
        SendDigit: [|_| UserAction::SendDigit('5'), |_| UserAction::SendDigit('#'), |_| UserAction::SendDigit('x')],
        Transfer: [|_| UserAction::Transfer("+33123456789".into()), |_| UserAction::Transfer("nobody".into())],
        #[cfg(feature = "softphone")]
        Consult: [
            |_| UserAction::Consult(crate::consultation::Consult::Begin("+33123456789".into())),
            |_| UserAction::Consult(crate::consultation::Consult::Transfer),
            |_| UserAction::Consult(crate::consultation::Consult::End),
        ],
        SetNotes: [
            |harness: &TestHarness| UserAction::SetNotes { call: current(harness), text: "Hello".into(), revision: 1 },
            |harness: &TestHarness| UserAction::SetNotes { call: current(harness), text: "Hello".into(), revision: 2 },
            |_| UserAction::SetNotes { call: CallId::from("other"), text: "Late".into(), revision: 1 },
        ],
        SetDisposition: [|_| UserAction::SetDisposition(Some("busy".into()))],
        SetProperty: [|_| UserAction::SetProperty { name: "topic".into(), value: "price".into() }],
        SaveCall: [|_| UserAction::SaveCall],
        Finalize: [|_| UserAction::Finalize],
        OpenRecord: [|_| UserAction::OpenRecord(0, OpenIn::NewTab), |_| UserAction::OpenRecord(1, OpenIn::NewTab)],
        SimulateIncoming: [|_| UserAction::SimulateIncoming("+33123456789".into()), |_| UserAction::SimulateIncoming("nobody".into())],
        SetRingtone: [|_| UserAction::SetRingtone(true), |_| UserAction::SetRingtone(false)],
        DismissNotice: [|_| UserAction::DismissNotice],
        RetryMicrophone: [|_| UserAction::RetryMicrophone],
        SetExtra: [|_| UserAction::SetExtra { key: "recent".into(), json: "[]".into() }],
    });
    let phone = examples!(PhoneEvent as |_: &TestHarness, event: PhoneEvent| Action::Phone(event) => {
        Connected: [|_| PhoneEvent::Connected],
        Disconnected: [|_| PhoneEvent::Disconnected { reason: Some("cable".into()) }, |_| PhoneEvent::Disconnected { reason: None }],
        SessionExpired: [|_| PhoneEvent::SessionExpired],
        #[cfg(feature = "softphone")]
        Capabilities: [
            |_| PhoneEvent::Capabilities { can: Capabilities::ALL, consult: false },
            |_| PhoneEvent::Capabilities { can: Capabilities::default(), consult: true },
        ],
        Call: [|_| PhoneEvent::Call { call: CallId::from("other"), event: CallEvent::Answered }],
    });
    let call = examples!(CallEvent as |harness, event: CallEvent| Action::Phone(PhoneEvent::Call { call: current(harness), event }) => {
        Incoming: [|_| CallEvent::Incoming { from: "+16175550100".into(), to: "+16179483986".into() }],
        #[cfg(feature = "softphone")]
        Ringing: [|_| CallEvent::Ringing],
        #[cfg(feature = "softphone")]
        Waiting: [|_| CallEvent::Waiting { from: "+16175550100".into() }],
        Answered: [|_| CallEvent::Answered],
        AnsweredElsewhere: [|_| CallEvent::AnsweredElsewhere],
        Busy: [|_| CallEvent::Busy],
        NotAnswered: [|_| CallEvent::NotAnswered],
        Failed: [|_| CallEvent::Failed { reason: Some("no route".into()) }],
        Dropped: [|_| CallEvent::Dropped],
        HungUp: [|_| CallEvent::HungUp],
        Muted: [|_| CallEvent::Muted(true), |_| CallEvent::Muted(false)],
        Held: [|_| CallEvent::Held(true), |_| CallEvent::Held(false)],
        Recording: [|_| CallEvent::Recording(true), |_| CallEvent::Recording(false)],
        Property: [|_| CallEvent::Property { name: "quality".into(), value: "good".into() }],
        #[cfg(feature = "audio")]
        Audio: [|_| CallEvent::Audio(crate::audio::AudioEvent::MutedSpeech(true)), |_| CallEvent::Audio(crate::audio::AudioEvent::MutedSpeech(false))],
        #[cfg(feature = "softphone")]
        Consult: [
            |_| CallEvent::Consult(crate::consultation::ConsultEvent::Answered),
            |_| CallEvent::Consult(crate::consultation::ConsultEvent::Ended { reason: None }),
        ],
        Transferred: [|_| CallEvent::Transferred],
        TransferFailed: [|_| CallEvent::TransferFailed],
        Resumed: [|_| CallEvent::Resumed { answered_at: Some(1_000_500.0) }, |_| CallEvent::Resumed { answered_at: None }],
    });
    let another_call: Vec<(String, Make)> = vec![("Incoming".into(), |_| {
        let event = CallEvent::Incoming { from: "+16175550100".into(), to: "+16179483986".into() };
        Action::Phone(PhoneEvent::Call { call: CallId::from("in-2"), event })
    })];
    let hubspot_messages = examples!(HostMessage as |_: &TestHarness, message: HostMessage| Action::HubSpot(message) => {
        DialNumber: [
            |_| message("DIAL_NUMBER", map(&[("phoneNumber", "+1 617 555 0100".into())])),
            |_| message("DIAL_NUMBER", map(&[("phoneNumber", "none".into())])),
            |_| message("DIAL_NUMBER", Value::Null),
        ],
        EngagementCreated: [|_| message("ENGAGEMENT_CREATED", engagement(5.0))],
        CreateEngagementSucceeded: [
            |_| message("CREATE_ENGAGEMENT_SUCCEEDED", engagement(5.0)),
            |_| message("CREATE_ENGAGEMENT_SUCCEEDED", engagement(77.0)),
            |_| message("CREATE_ENGAGEMENT_SUCCEEDED", Value::Null),
        ],
        CreateEngagementFailed: [|_| message("CREATE_ENGAGEMENT_FAILED", failure()), |_| message("CREATE_ENGAGEMENT_FAILED", Value::Null)],
        UpdateEngagementSucceeded: [|_| message("UPDATE_ENGAGEMENT_SUCCEEDED", engagement(77.0))],
        UpdateEngagementFailed: [|_| message("UPDATE_ENGAGEMENT_FAILED", failure())],
        FinalizeEngagementSucceeded: [|_| message("FINALIZE_ENGAGEMENT_SUCCEEDED", engagement(77.0))],
        FinalizeEngagementFailed: [|_| message("FINALIZE_ENGAGEMENT_FAILED", failure())],
        PublishToChannelSucceeded: [|_| message("PUBLISH_TO_CHANNEL_SUCCEEDED", engagement(77.0))],
        PublishToChannelFailed: [|_| message("PUBLISH_TO_CHANNEL_FAILED", failure())],
        NavigateToRecordFailed: [|_| message("NAVIGATE_TO_RECORD_FAILED", engagement(77.0))],
        CallerIdMatchSucceeded: [|_| message("CALLER_ID_MATCH_SUCCEEDED", matches())],
        CallerIdMatchFailed: [|_| message("CALLER_ID_MATCH_FAILED", failure())],
        VisibilityChanged: [
            |_| message("VISIBILITY_CHANGED", map(&[("isHidden", true.into()), ("isMinimized", false.into())])),
            |_| message("VISIBILITY_CHANGED", map(&[("isHidden", false.into()), ("isMinimized", true.into())])),
            |_| message("VISIBILITY_CHANGED", Value::Null),
        ],
        SetCallState: [|_| message("SET_CALL_STATE", Value::Null)],
        EndCall: [|_| message("END_CALL", Value::Null)],
        InitiateCallIdSucceeded: [|_| message("INITIATE_CALL_ID_SUCCEEDED", Value::Null)],
        InitiateCallIdFailed: [|_| message("INITIATE_CALL_ID_FAILED", Value::Null)],
        SetWidgetUrlFailed: [|_| message("SET_WIDGET_URL_FAILED", Value::Null)],
        Failed: [|_| message("FAILED", failure())],
        Unloading: [|_| message("UNLOADING", Value::Null)],
    });
    let groups = [plain, user, phone, call, another_call, hubspot_messages];
    groups.into_iter().flatten().collect()
}

fn message(kind: &str, data: Value) -> HostMessage {
    HostMessage::decode(kind, Some(&data)).expect("a type that HubSpot sends")
}

/// What an action leads to in one state: nothing when it is ignored.
fn effect(harness: &TestHarness, action: Action) -> Option<Vec<String>> {
    let stamped = Stamped { now: harness.now + LATER, fresh_id: CallId::from("fresh"), action };
    let Outcome::Changed(state, commands) = update(&harness.state, stamped) else { return None };
    let mut lines = Vec::new();
    if state.screen() != harness.state.screen() {
        lines.push(format!("screen: {:?}", state.screen()));
    }
    changes("", &json(&harness.state), &json(&state), &mut lines);
    lines.extend(commands.iter().map(|command| match command {
        Command::Send(message) => format!("> send {}", json(message)),
        Command::Connect(session) => format!("> Connect {}", session.account.numbers[0].id),
        Command::RenewSession(_) => "> RenewSession".into(),
        Command::EndSession(_) => "> EndSession".into(),
        command => format!("> {command:?}"),
    }));
    Some(lines)
}

fn json(value: &impl serde::Serialize) -> Json {
    let mut json = to_value(value).expect("it can be stored");
    // Whether serde_json keeps the order of fields depends on the other packages of the build.
    json.sort_all_objects();
    json
}

/// The fields that differ, by their paths, with their new values.
fn changes(path: &str, before: &Json, after: &Json, lines: &mut Vec<String>) {
    if before == after {
        return;
    }
    match (before, after) {
        // What a user has is long, and the same in all rows.
        (_, Json::Object(_)) if path == "session" => {
            lines.push(format!("{path} = {}", after["account"]["numbers"][0]["id"]))
        }
        (Json::Object(before), Json::Object(after)) => {
            for name in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                let of = |fields: &serde_json::Map<String, Json>| fields.get(name).cloned().unwrap_or_default();
                changes(&path, &of(before), &of(after), lines);
            }
        }
        _ => lines.push(format!("{path} = {after}")),
    }
}

/// The section of each action. Features add fields to the state; a section with them belongs to the build with all features.
fn sections() -> Vec<String> {
    let states = states();
    let mut seen = BTreeSet::new();
    let mut sections = Vec::new();
    for (name, make) in actions() {
        let heading = format!("{:?}", make(&states[11].1));
        if !seen.insert(heading.clone()) {
            continue;
        }
        let mut rows: Vec<(Vec<&str>, Vec<String>)> = Vec::new();
        for (state, harness) in &states {
            let Some(lines) = effect(harness, make(harness)) else { continue };
            match rows.iter_mut().find(|row| row.1 == lines) {
                Some(row) => row.0.push(*state),
                None => rows.push((vec![*state], lines)),
            }
        }
        let mut section = format!("## {name}: {heading}\n");
        if rows.is_empty() {
            section.push_str("ignored\n");
        }
        for (states, lines) in rows {
            section.push_str(&format!("{}:\n", states.join(" | ")));
            lines.iter().for_each(|line| section.push_str(&format!("    {line}\n")));
        }
        sections.push(section);
    }
    sections
}

#[test]
fn the_table_has_every_action_in_every_state() {
    let sections = sections();
    if std::env::var_os("WRITE_TRANSITIONS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/update/tests/transitions.txt");
        std::fs::write(path, format!("{INTRODUCTION}\n{}", sections.join("\n"))).unwrap();
        return;
    }
    let mut written: Vec<&str> = TABLE.split("\n## ").skip(1).map(str::trim_end).collect();
    for section in &sections {
        let section = section.trim_end().trim_start_matches("## ");
        let heading = section.lines().next().unwrap();
        let place = written.iter().position(|it| it.lines().next() == Some(heading));
        let there = place.map(|place| written.remove(place));
        assert_eq!(there.unwrap_or("no such section"), section, "see the top of transitions.rs");
    }
    let all_features = cfg!(all(feature = "audio", feature = "softphone"));
    assert!(!all_features || written.is_empty(), "the model has no such actions: {written:#?}");
}

/// Whether the states of the table are different ones: two that are equal would show nothing.
#[test]
fn the_states_of_the_table_differ() {
    let states = states();
    for (index, (name, harness)) in states.iter().enumerate() {
        for (other, it) in &states[index + 1..] {
            assert_ne!(harness.state, it.state, "{name} and {other}");
        }
    }
    let phases: Vec<_> = states.iter().filter_map(|(_, harness)| Some(&harness.state.call.as_ref()?.phase)).collect();
    let has = |is: fn(&CallPhase) -> bool| phases.iter().any(|phase| is(phase));
    assert!(has(|phase| matches!(phase, CallPhase::Dialing)) && has(|phase| matches!(phase, CallPhase::Ringing)));
    assert!(
        has(|phase| matches!(phase, CallPhase::Talking { .. }))
            && has(|phase| matches!(phase, CallPhase::WrapUp { .. }))
    );
}
