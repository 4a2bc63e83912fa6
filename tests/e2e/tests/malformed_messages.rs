//! Malformed messages: none causes a panic or blocks the widget, and none is taken for another message.

use e2e::{COUNTRY_PREFIX, Control, Host, json, run};

/// Values that are no messages: they are not answered. JavaScript expressions.
const NOT_MESSAGES: &[&str] = &[
    "null",
    "undefined",
    "0",
    "NaN",
    "-1e308",
    "10n ** 400n",
    "true",
    "''",
    "'SYNC'",
    "'{\"type\": \"SYNC\", \"messageId\": \"g_1\"}'",
    "[]",
    "[['type', 'END_CALL'], ['messageId', 'g_2']]",
    "{}",
    "new Date()",
    "new Map([['type', 'END_CALL'], ['messageId', 'g_3']])",
    "new Set(['type', 'messageId'])",
    "new ArrayBuffer(1 << 20)",
    "new Uint8Array(1 << 20)",
    "new Error('END_CALL')",
    "/END_CALL/g",
    "new Blob(['END_CALL'])",
    "(() => { const o = {}; o.type = o; o.messageId = o; return o; })()",
    "{type: 'END_CALL'}",
    "{messageId: 'g_4'}",
    "{type: 'END_CALL', messageId: null}",
    "{type: 'END_CALL', messageId: ''}",
    "{type: 'END_CALL', messageId: {}}",
    "{type: 'END_CALL', messageId: ['g_5']}",
    "{type: null, messageId: 'g_6'}",
    "{type: ['END_CALL'], messageId: 'g_7'}",
    "{type: {toString: 'END_CALL'}, messageId: 'g_8'}",
    "{type: 7, messageId: 'g_9'}",
    "{type: 'ERROR', messageId: 'g_10', data: {type: 'UNKNOWN_MESSAGE_TYPE'}}",
    "{type: 'READY', messageId: 'g_11', data: {engagementId: 666}}",
    "{type: 'SYNC_ACK', messageId: 'g_12'}",
    // Deeper or larger than any message. Chromium itself refuses to post values of about 3,000 levels.
    "(() => { let o = {}; for (let i = 0; i < 2500; i++) o = {o}; return {type: 'END_CALL', messageId: 'g_13', data: o}; })()",
    "(() => { let o = []; for (let i = 0; i < 2500; i++) o = [o]; return o; })()",
    "(() => { const data = {}; data.data = data; return {type: 'END_CALL', messageId: 'g_14', data}; })()",
    "{type: 'DIAL_NUMBER', messageId: 'g_15', data: {phoneNumber: '1'.repeat(10 << 20)}}",
    "{type: 'x'.repeat(10 << 20), messageId: 'g_16'}",
    "{type: 'END_CALL', messageId: 'g'.repeat(10 << 20)}",
    "{type: 'DIAL_NUMBER', messageId: 'g_17', data: {list: Array(2000000).fill(0)}}",
    "Object.fromEntries(Array.from({length: 300000}, (_, i) => ['k' + i, i]))",
];

/// Unknown message types: the answer is ERROR, with the whole message.
const UNKNOWN_TYPES: &[&str] = &[
    "toString",
    "constructor",
    "__proto__",
    "hasOwnProperty",
    "valueOf",
    "length",
    "dial_number",
    "DIAL_NUMBER ",
    "onDialNumber",
    "💥",
];

/// Known messages with invalid content. They come from the host, but none of them has a valid effect.
const INVALID_CONTENT: &[&str] = &[
    "{type: 'DIAL_NUMBER', messageId: 'n_1'}",
    "{type: 'DIAL_NUMBER', messageId: 'n_2', data: null}",
    "{type: 'DIAL_NUMBER', messageId: 'n_3', data: 'x'}",
    "{type: 'DIAL_NUMBER', messageId: 'n_4', data: []}",
    "{type: 'DIAL_NUMBER', messageId: 'n_5', data: {phoneNumber: null}}",
    "{type: 'DIAL_NUMBER', messageId: 'n_6', data: JSON.parse('{\"__proto__\": {\"phoneNumber\": \"+19005550199\"}}')}",
    "{type: 'CALLER_ID_MATCH_SUCCEEDED', messageId: 'n_7'}",
    "{type: 'CALLER_ID_MATCH_SUCCEEDED', messageId: 'n_8', data: {callerIdMatches: null}}",
    "{type: 'CALLER_ID_MATCH_SUCCEEDED', messageId: 'n_9', data: {callerIdMatches: [null, 7, {}]}}",
    "{type: 'ENGAGEMENT_CREATED', messageId: 'n_10'}",
    "{type: 'CREATE_ENGAGEMENT_SUCCEEDED', messageId: 'n_11', data: 10n}",
    "{type: 'UPDATE_ENGAGEMENT_SUCCEEDED', messageId: 'n_12', data: new Date(NaN)}",
    "{type: 'VISIBILITY_CHANGED', messageId: 'n_13', data: {isMinimized: {}}}",
    "{type: 'SET_CALL_STATE', messageId: 'n_14', data: new Map()}",
    "{type: 'UNLOADING', messageId: 'n_15', data: 0}",
];

#[test]
fn before_the_handshake_they_change_nothing() {
    run(async |harness| {
        let mut page = harness.widget();
        page.syncs = Some(0);
        let host = page.open(harness).await;
        host.guest().click(Control::LogIn).await;
        host.guest().see_number(Control::DialNumber, COUNTRY_PREFIX).await;
        for value in NOT_MESSAGES.iter().chain(INVALID_CONTENT) {
            host.post(value).await;
        }
        host.release_sync().await;
        host.initialized().await;
        assert_call_works(&host).await;
    });
}

#[test]
fn at_the_keypad_they_change_nothing() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        host.guest().click(Control::LogIn).await;
        host.next("LOGGED_IN").await;
        for value in NOT_MESSAGES.iter().chain(INVALID_CONTENT) {
            host.post(value).await;
            host.nothing_more().await;
        }
        host.guest().see_number(Control::DialNumber, COUNTRY_PREFIX).await;
        assert_call_works(&host).await;
    });
}

#[test]
fn during_a_call_they_change_nothing() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        host.guest().click(Control::LogIn).await;
        host.next("LOGGED_IN").await;
        host.guest().type_over(Control::DialNumber, "+16175550100").await;
        host.guest().click(Control::Call).await;
        let started = host.next("OUTGOING_CALL_STARTED").await;
        host.next("CALL_ANSWERED").await;
        host.guest().type_into(Control::Notes, "still here").await;
        for value in NOT_MESSAGES {
            host.post(value).await;
        }
        host.nothing_more().await;
        host.guest().click(Control::EndCall).await;
        host.next("CALL_ENDED").await;
        host.guest().click(Control::SaveCall).await;
        let completed = host.next("CALL_COMPLETED").await;
        assert_eq!(completed["data"]["externalCallId"], started["data"]["externalCallId"]);
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_body"], "still here");
    });
}

#[test]
fn unknown_types_are_answered_with_the_original_message() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        for (number, kind) in UNKNOWN_TYPES.iter().enumerate() {
            let message = json!({
                "type": kind, "messageId": format!("u_{number}"), "data": {"a": [1, null, "x"]}, "more": {"b": 0.5},
            });
            host.post(&message.to_string()).await;
            let answer = host.next("ERROR").await;
            assert_eq!(
                answer["data"],
                json!({"type": "UNKNOWN_MESSAGE_TYPE", "data": {"originalMessage": message}}),
                "{kind}"
            );
        }
        host.guest().see(Control::LogIn).await;
        host.nothing_more().await;
    });
}

async fn assert_call_works(host: &Host<'_>) {
    host.send("DIAL_NUMBER", json!({"phoneNumber": "+16175550100"})).await;
    host.guest().see_number(Control::DialNumber, "+16175550100").await;
    host.guest().click(Control::Call).await;
    let started = host.next("OUTGOING_CALL_STARTED").await;
    assert_eq!(started["data"]["dialingContext"], json!({"phoneNumber": "+16175550100"}));
    host.guest().click(Control::EndCall).await;
    host.next("CALL_ENDED").await;
    host.guest().click(Control::SaveCall).await;
    let completed = host.next("CALL_COMPLETED").await;
    assert_eq!(completed["data"].get("engagementId"), None, "{completed}");
    host.nothing_more().await;
}
