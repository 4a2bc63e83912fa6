//! The lives of calls, their engagements, and the numbers that they come from.

use super::*;

#[test]
fn the_life_of_a_call() {
    use Rule::*;
    for kind in ["CALL_ANSWERED", "CALL_TRANSFERRED", "CALL_ENDED", "CALL_COMPLETED", "FINALIZE_ENGAGEMENT"] {
        said(NotStarted, "", Talk::saved(), kind, json!({"externalCallId": "never", "engagementId": 1}));
    }
    said(StartedTwice, "", Talk::saved(), "OUTGOING_CALL_STARTED", json!({"externalCallId": "call"}));
    said(CompletedTwice, "", Talk::saved(), "CALL_COMPLETED", json!({"externalCallId": "call"}));
    said(EndedTwice, "", Talk::saved(), "CALL_ENDED", json!({"externalCallId": "call"}));
    said(AfterEnd, "", Talk::saved(), "CALL_ANSWERED", json!({"externalCallId": "call"}));
    said(AfterEnd, "", Talk::saved(), "CALL_TRANSFERRED", json!({"externalCallId": "call"}));
    said(CompletedBeforeEnd, "", Talk::ringing(), "CALL_COMPLETED", json!({"externalCallId": "call"}));
    said(NeverEnded, "", Talk::ready(), "OUTGOING_CALL_STARTED", json!({"externalCallId": "call"}));
    check(NeverCompleted, None, &Talk::ended());

    let mut talk = Talk::ringing();
    talk.says("CALL_ANSWERED", json!({"externalCallId": "call"}));
    saved_after(AnsweredTwice, "", talk, "CALL_ANSWERED", json!({"externalCallId": "call"}));

    let mut talk = Talk::ringing();
    talk.says("CALL_ANSWERED", json!({"externalCallId": "call"}));
    saved_after(
        Contradiction,
        "callEndStatus",
        talk,
        "CALL_ENDED",
        json!({"externalCallId": "call", "callEndStatus": "NO_ANSWER"}),
    );
    saved_after(
        Contradiction,
        "callEndStatus",
        Talk::ringing(),
        "CALL_ENDED",
        json!({"externalCallId": "call", "callEndStatus": "MISSED"}),
    );

    // Left behind for the next call: found as soon as that begins, and once.
    let mut talk = Talk::ended();
    let end = talk.entries.len() as u64 - 1;
    talk.says("OUTGOING_CALL_STARTED", json!({"externalCallId": "next"}))
        .says("CALL_ENDED", json!({"externalCallId": "next"}));
    talk.says("CALL_COMPLETED", json!({"externalCallId": "next"}));
    let found = talk.found();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].rule, found[0].entry, found[0].call.as_deref()), (NeverCompleted, end, Some("call")));
}

#[test]
fn engagements_of_other_calls() {
    for id in [json!(111), json!("111")] {
        let mut talk = Talk::saved();
        talk.says("OUTGOING_CALL_STARTED", json!({"externalCallId": "next", "createEngagement": true}));
        talk.hears("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 222}));
        saved_after(
            Rule::EngagementOfOther,
            "engagementId",
            talk,
            "CALL_ENDED",
            json!({"externalCallId": "next", "engagementId": id}),
        );
    }
    let mut talk = Talk::saved();
    talk.says("OUTGOING_CALL_STARTED", json!({"externalCallId": "next", "createEngagement": true}));
    talk.hears("CREATE_ENGAGEMENT_FAILED", json!({"error": {"message": "no"}}));
    saved_after(
        Rule::EngagementOfOther,
        "engagementId",
        talk,
        "CALL_ENDED",
        json!({"externalCallId": "next", "engagementId": 111}),
    );
}

#[test]
fn dialing_contexts() {
    let start =
        |context: Json, number: &str| json!({"externalCallId": "next", "toNumber": number, "dialingContext": context});
    let clicked = |number: &str| {
        let mut talk = Talk::saved();
        talk.hears("DIAL_NUMBER", dial(number)).wait(5_000.0);
        talk
    };
    let rule = |rule, talk, data| saved_after(rule, "dialingContext", talk, "OUTGOING_CALL_STARTED", data);

    let mut changed = dial("+15550199");
    changed["objectId"] = json!(7);
    rule(Rule::ContextChanged, clicked("+15550199"), start(changed, "+15550199"));
    let mut shortened = dial("+15550199");
    shortened.as_object_mut().unwrap().remove("calleeInfo");
    rule(Rule::ContextChanged, clicked("+15550199"), start(shortened, "+15550199"));
    rule(Rule::ContextMisplaced, clicked("+15550199"), start(dial("+15550199"), "+15550188"));
    rule(Rule::ContextMisplaced, Talk::saved(), start(dial("+1 617-555-0100"), "+16175550100"));
    rule(Rule::ContextMisplaced, clicked("+15550199"), start(dial("+1 617-555-0100"), "+16175550100"));

    let mut ticket = dial("+15550199");
    ticket["calleeInfo"]["calleeObjectTypeId"] = json!("0-5");
    let mut talk = Talk::saved();
    talk.hears("DIAL_NUMBER", ticket);
    rule(Rule::ContextMissing, talk, json!({"externalCallId": "next", "toNumber": "+15550199"}));
}

/// That HubSpot names the call that is on does not excuse others.
#[test]
fn a_call_that_was_never_started_after_a_reload() {
    let mut talk = Talk::saved();
    talk.frame("frame", "rshost-2").sync_with(json!({"engagementId": 111})).ack();
    talk.says("INITIALIZED", json!({"engagementId": 111}));
    said(Rule::NotStarted, "", talk, "CALL_ENDED", json!({"externalCallId": "never"}));
}
