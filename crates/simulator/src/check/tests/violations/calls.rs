//! The life cycle of calls, their engagements and dialing contexts.

use super::*;

#[test]
fn the_life_cycle_of_a_call() {
    use Rule::*;
    for kind in ["CALL_ANSWERED", "CALL_TRANSFERRED", "CALL_ENDED", "CALL_COMPLETED", "FINALIZE_ENGAGEMENT"] {
        check_last(NotStarted, "", Conversation::saved(), kind, json!({"externalCallId": "never", "engagementId": 1}));
    }
    check_last(StartedTwice, "", Conversation::saved(), "OUTGOING_CALL_STARTED", json!({"externalCallId": "call"}));
    check_last(CompletedTwice, "", Conversation::saved(), "CALL_COMPLETED", json!({"externalCallId": "call"}));
    check_last(EndedTwice, "", Conversation::saved(), "CALL_ENDED", json!({"externalCallId": "call"}));
    check_last(AfterEnd, "", Conversation::saved(), "CALL_ANSWERED", json!({"externalCallId": "call"}));
    check_last(AfterEnd, "", Conversation::saved(), "CALL_TRANSFERRED", json!({"externalCallId": "call"}));
    check_last(CompletedBeforeEnd, "", Conversation::ringing(), "CALL_COMPLETED", json!({"externalCallId": "call"}));
    check_last(NeverEnded, "", Conversation::ready(), "OUTGOING_CALL_STARTED", json!({"externalCallId": "call"}));
    check(NeverCompleted, None, &Conversation::ended());

    let mut conversation = Conversation::ringing();
    conversation.sends("CALL_ANSWERED", json!({"externalCallId": "call"}));
    check_completed(AnsweredTwice, "", conversation, "CALL_ANSWERED", json!({"externalCallId": "call"}));

    let mut conversation = Conversation::ringing();
    conversation.sends("CALL_ANSWERED", json!({"externalCallId": "call"}));
    check_completed(
        Contradiction,
        "callEndStatus",
        conversation,
        "CALL_ENDED",
        json!({"externalCallId": "call", "callEndStatus": "NO_ANSWER"}),
    );
    check_completed(
        Contradiction,
        "callEndStatus",
        Conversation::ringing(),
        "CALL_ENDED",
        json!({"externalCallId": "call", "callEndStatus": "MISSED"}),
    );

    // Abandoned for the next call: reported once, as soon as that starts.
    let mut conversation = Conversation::ended();
    let end = conversation.entries.len() as u64 - 1;
    conversation
        .sends("OUTGOING_CALL_STARTED", json!({"externalCallId": "next"}))
        .sends("CALL_ENDED", json!({"externalCallId": "next"}));
    conversation.sends("CALL_COMPLETED", json!({"externalCallId": "next"}));
    let found = conversation.found();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].rule, found[0].entry, found[0].call.as_deref()), (NeverCompleted, end, Some("call")));
}

#[test]
fn engagements_of_other_calls() {
    for id in [json!(111), json!("111")] {
        let mut conversation = Conversation::saved();
        conversation.sends("OUTGOING_CALL_STARTED", json!({"externalCallId": "next", "createEngagement": true}));
        conversation.receives("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 222}));
        check_completed(
            Rule::EngagementOfOther,
            "engagementId",
            conversation,
            "CALL_ENDED",
            json!({"externalCallId": "next", "engagementId": id}),
        );
    }
    let mut conversation = Conversation::saved();
    conversation.sends("OUTGOING_CALL_STARTED", json!({"externalCallId": "next", "createEngagement": true}));
    conversation.receives("CREATE_ENGAGEMENT_FAILED", json!({"error": {"message": "no"}}));
    check_completed(
        Rule::EngagementOfOther,
        "engagementId",
        conversation,
        "CALL_ENDED",
        json!({"externalCallId": "next", "engagementId": 111}),
    );
}

#[test]
fn dialing_contexts() {
    let start =
        |context: Json, number: &str| json!({"externalCallId": "next", "toNumber": number, "dialingContext": context});
    let clicked = |number: &str| {
        let mut conversation = Conversation::saved();
        conversation.receives("DIAL_NUMBER", dial(number)).wait(5_000.0);
        conversation
    };
    let rule =
        |rule, conversation, data| check_completed(rule, "dialingContext", conversation, "OUTGOING_CALL_STARTED", data);

    let mut changed = dial("+15550199");
    changed["objectId"] = json!(7);
    rule(Rule::ContextChanged, clicked("+15550199"), start(changed, "+15550199"));
    let mut shortened = dial("+15550199");
    shortened.as_object_mut().unwrap().remove("calleeInfo");
    rule(Rule::ContextChanged, clicked("+15550199"), start(shortened, "+15550199"));
    rule(Rule::ContextMisplaced, clicked("+15550199"), start(dial("+15550199"), "+15550188"));
    rule(Rule::ContextMisplaced, Conversation::saved(), start(dial("+1 617-555-0100"), "+16175550100"));
    rule(Rule::ContextMisplaced, clicked("+15550199"), start(dial("+1 617-555-0100"), "+16175550100"));

    let mut ticket = dial("+15550199");
    ticket["calleeInfo"]["calleeObjectTypeId"] = json!("0-5");
    let mut conversation = Conversation::saved();
    conversation.receives("DIAL_NUMBER", ticket);
    rule(Rule::ContextMissing, conversation, json!({"externalCallId": "next", "toNumber": "+15550199"}));
}

/// SYNC names the active call; other calls are not accepted.
#[test]
fn a_call_that_was_never_started_after_a_reload() {
    let mut conversation = Conversation::saved();
    conversation.frame("frame", "rshost-2").sync_with(json!({"engagementId": 111})).ack();
    conversation.sends("INITIALIZED", json!({"engagementId": 111}));
    check_last(Rule::NotStarted, "", conversation, "CALL_ENDED", json!({"externalCallId": "never"}));
}
