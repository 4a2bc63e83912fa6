//! States that other versions of the app have stored, and what is left of a damaged one.
//!
//! `tests/fixtures/state-VERSION.json` is what that version stores, `…-sip.json` what its build with the feature `sip` stores. Those of
//! releases stay as they are. Those of the version in `Cargo.toml` are written by
//! `STATE_FIXTURE=write cargo test --lib stored_state`, and once more with `--features sip`.

use super::*;
use call_model::{
    Account, CallId, CallPhase, Capabilities, Disposition, EngagementState, HostInfo, Line, OwnNumber, Session, Token,
};
use calling_extensions::codec::Id;
use calling_extensions::message::{CallerIdMatch, CallerIdType, Direction, IframeLocation};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

fn call() -> Call {
    Call {
        id: CallId("a-1".into()),
        direction: Direction::Outbound,
        number: "+16175550102".into(),
        own_number: "+16175550199".into(),
        started_at: 1.8e12,
        phase: CallPhase::Talking { since: 1.8e12 + 3_000.0, muted: true, held: false },
        engagement: EngagementState::Known(Id::from("00123")),
        notes: "call back on Monday".into(),
        notes_revision: 19,
        callers: vec![CallerIdMatch {
            caller_id_type: Some(CallerIdType::Contact),
            first_name: Some("Ada".into()),
            ..Default::default()
        }],
        recording_since: Some(1.8e12 + 5_000.0),
        recorded: 1_000.0,
        disposition: Some("connected".into()),
        digits: "42".into(),
        properties: [("campaign".to_owned(), "autumn".into())].into_iter().collect(),
        #[cfg(feature = "sip")]
        rings: false,
        #[cfg(feature = "sip")]
        consultation: None,
    }
}

/// Something in every field that can have something during a call.
fn state() -> State {
    let account = Account {
        numbers: vec![OwnNumber { id: "us".into(), name: "Boston".into(), number: "+16175550199".into() }],
        dispositions: vec![Disposition { id: "connected".into(), name: "Connected".into() }],
        ..Account::default()
    };
    State {
        changed_at: 1.8e12 + 9_000.0,
        line: Line::Connected,
        host: Some(Rc::new(HostInfo { location: Some(IframeLocation::Widget), ..HostInfo::default() })),
        session: Some(Rc::new(Session { user: "ada".into(), token: Some(Token("secret".into())), account })),
        available: true,
        from_number: "+16175550199".into(),
        call: Some(call()),
        last_engagement: Some(Id::from(122.0)),
        notices: notices(),
        extras: BTreeMap::from([("recent".into(), r#"["+16175550101"]"#.into())]),
        ..State::new(Capabilities::default(), 20_000.0)
    }
}

#[cfg(not(feature = "sip"))]
fn notices() -> Vec<Notice> {
    vec![Notice::RecordNotShown]
}

/// One that the default build does not have.
#[cfg(feature = "sip")]
fn notices() -> Vec<Notice> {
    vec![Notice::WaitingCall { number: "+16175550103".into() }]
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Without what may follow: a release candidate stores what the release stores.
const VERSION_OF_THE_APP: &str = concat!(
    env!("CARGO_PKG_VERSION_MAJOR"),
    ".",
    env!("CARGO_PKG_VERSION_MINOR"),
    ".",
    env!("CARGO_PKG_VERSION_PATCH")
);

fn stored() -> serde_json::Value {
    form_of(&state())
}

fn form_of(state: &State) -> serde_json::Value {
    let mut form: serde_json::Value = serde_json::from_str(&write(state).unwrap()).unwrap();
    // Whether serde_json keeps the order of fields depends on the other packages of the build.
    form.sort_all_objects();
    form
}

fn read_json(stored: &serde_json::Value) -> Result<Restored, Unreadable> {
    read(&stored.to_string())
}

#[test]
fn the_stored_form_of_this_version_is_in_a_fixture() {
    let build = if cfg!(feature = "sip") { "-sip" } else { "" };
    let path = folder().join(format!("state-{VERSION_OF_THE_APP}{build}.json"));
    let written = format!("{:#}\n", stored());
    if std::env::var("STATE_FIXTURE").is_ok_and(|what| what == "write") {
        std::fs::write(&path, &written).unwrap();
    }
    // With `audio` alone the state has fields that neither build has.
    if cfg!(feature = "sip") || !cfg!(feature = "audio") {
        assert_eq!(
            std::fs::read_to_string(&path).unwrap_or_default(),
            written,
            "the stored form has changed: `STATE_FIXTURE=write cargo test --lib stored_state` writes {}",
            path.display()
        );
    }
}

#[test]
fn what_other_versions_have_stored_is_read() {
    let mut count = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("state-")) {
            continue;
        }
        let Restored { state, lost } = read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let expected = self::state();
        assert_eq!(state.call, expected.call, "{}", path.display());
        assert_eq!(state.session, expected.session, "{}", path.display());
        assert_eq!(state.extras, expected.extras, "{}", path.display());
        assert_eq!((state.changed_at, &state.from_number), (expected.changed_at, &expected.from_number));
        // Only the build with the feature has this notice.
        let other_build = path.to_string_lossy().ends_with("-sip.json") && !cfg!(feature = "sip");
        assert_eq!(lost, if other_build { vec!["notices"] } else { vec![] }, "{}", path.display());
        count += 1;
    }
    assert!(count >= 2, "{count} fixtures");
}

#[test]
fn what_a_state_has_is_read_as_it_was_written() {
    let expected = Restored { state: state(), lost: vec![] };
    assert_eq!(read(&write(&state()).unwrap()), Ok(expected));
}

#[test]
fn a_later_version_may_have_more_fields_and_variants() {
    let mut later = stored();
    later["written_by"] = json!("9.0.0");
    later["state"]["queue"] = json!([{"number": "+1"}]);
    later["state"]["call"]["video"] = json!({"on": true});
    later["state"]["call"]["phase"]["Talking"]["whispers"] = json!(1);
    assert_eq!(read_json(&later), Ok(Restored { state: state(), lost: vec![] }));

    later["state"]["line"] = json!({"Degraded": {"bars": 1}});
    later["state"]["notices"] = json!([{"Voicemail": {"count": 2}}]);
    later["state"]["call"]["engagement"] = json!({"Merged": [1, 2]});
    let mut expected = state();
    (expected.line, expected.notices) = (Line::Offline, vec![]);
    expected.call = Some(Call { engagement: EngagementState::Pending, ..call() });
    let lost = ["call.engagement", "line", "notices"].map(str::to_owned).to_vec();
    assert_eq!(read_json(&later), Ok(Restored { state: expected, lost }));
}

/// The value of any field is absent, or has an unknown form. Everything else is read.
#[test]
fn a_field_that_cannot_be_read_costs_that_field_alone() {
    let (whole, default) = (stored(), form_of(&State::default()));
    // A struct is read from an object of other fields if none of its own is required.
    let unknown = json!([[true]]);
    for name in whole["state"].as_object().unwrap().keys() {
        for value in [None, Some(&unknown)] {
            let mut damaged = whole.clone();
            let fields = damaged["state"].as_object_mut().unwrap();
            match value {
                Some(value) => drop(fields.insert(name.clone(), value.clone())),
                None => drop(fields.remove(name)),
            }
            let Restored { mut state, lost } = read_json(&damaged).unwrap();
            assert!(lost.is_empty() || lost == [name.as_str()], "{name}: {lost:?}");
            if name == "call" {
                state.notices.retain(|notice| !matches!(notice, Notice::CallNotRestored { .. }));
            }
            let mut expected = whole["state"].clone();
            expected[name] = default["state"][name].clone();
            assert_eq!(form_of(&state)["state"], expected, "{name}");
        }
    }
}

#[test]
fn a_call_is_kept_while_its_essential_fields_can_be_read() {
    let whole = stored();
    for name in whole["state"]["call"].as_object().unwrap().keys() {
        for value in [json!({"unknown": true}), json!([["unknown"]])] {
            let mut damaged = whole.clone();
            damaged["state"]["call"][name] = value;
            let Restored { state, lost } = read_json(&damaged).unwrap();
            if ESSENTIAL.contains(&name.as_str()) {
                assert_eq!(state.call, None, "{name}");
                let notice = Notice::CallNotRestored { notes: call().notes };
                assert_eq!(state.notices.last(), Some(&notice), "{name}");
                assert_eq!(lost, ["call"], "{name}");
                assert!(state.is_logged_in(), "{name}");
            } else if let Some(read) = state.call {
                assert_eq!((&read.id, &read.phase), (&call().id, &call().phase), "{name}");
                assert!(lost.is_empty() || lost == [format!("call.{name}")], "{name}: {lost:?}");
                assert_eq!(state.notices, notices(), "{name}");
            } else {
                panic!("{name}: {lost:?}");
            }
        }
    }
}

#[test]
fn a_version_with_another_meaning_is_not_read_but_its_notes_are() {
    let notice = |notes: &str| Some(Notice::CallNotRestored { notes: notes.into() });
    let rows = [
        (json!({"version": 2, "state": stored()["state"]}), notice(&call().notes)),
        (json!({"version": 2, "state": {"call": {"phase": "Parked"}}}), notice("")),
        (json!({"version": 2, "state": {"call": {"notes": ["by", "line"]}}}), notice("")),
        (json!({"version": 2, "state": {"call": null}}), None),
        (json!({"version": 2, "state": {}}), None),
    ];
    for (stored, notice) in rows {
        assert_eq!(read_json(&stored), Err(Unreadable::OtherVersion { version: 2, notice }), "{stored}");
    }
    let error = read_json(&json!({"version": 0, "state": {}})).unwrap_err();
    assert_eq!(error.to_string(), "it has version 0, and this app reads version 1");
}

#[test]
fn half_of_a_state_is_broken_wherever_it_ends() {
    let whole = write(&state()).unwrap();
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        assert_eq!(read(&whole[..end]), Err(Unreadable::Broken), "{end}");
    }
    for broken in
        ["null", "[]", "{}", "\u{fffd}", r#"{"version":1}"#, r#"{"version":"x","state":{}}"#, r#"{"state":{}}"#]
    {
        assert_eq!(read(broken), Err(Unreadable::Broken), "{broken}");
    }
}

#[test]
fn an_empty_state_of_this_version_is_one_before_anything_has_happened() {
    assert_eq!(read(r#"{"version":1,"state":{}}"#), Ok(Restored { state: State::default(), lost: vec![] }));
}
