//! The simulator's messages: what a person sees of them, what the check finds in a widget with faults, and recordings.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{DEFAULT_TIMEOUT, Frame, GUEST, Key, TestHarness, Value, json, run, until};

#[test]
fn a_call_without_faults_shows_no_finding() {
    run(async |harness| {
        let page = open(harness, "/pages/faulty.html").await;
        for button in ["start", "answer", "end", "save"] {
            press(harness, button).await;
        }
        see_row(&page, "UPDATE_ENGAGEMENT_SUCCEEDED").await;
        assert_eq!(findings(&page).await, json!([]));
        let started = row(&page, "OUTGOING_CALL_STARTED").await;
        assert_eq!(started["direction"], "from-widget", "{started}");
        let created = row(&page, "CREATE_ENGAGEMENT_SUCCEEDED").await;
        assert!(created["text"].as_str().is_some_and(|text| text.contains(" ms")), "no round-trip: {created}");
    });
}

#[test]
fn planted_faults_are_found_at_their_messages() {
    run(async |harness| {
        let page = open(harness, "/pages/faulty.html").await;
        let faults = [
            ("invent", "unknown-type", "CALL_BEGAN"),
            ("never", "not-started", "CALL_ENDED"),
            ("internal", "internal-status", "CALL_ENDED"),
            ("end", "ended-twice", "CALL_ENDED"),
            ("number", "property-not-text", "CALL_COMPLETED"),
            ("save", "completed-twice", "CALL_COMPLETED"),
            ("publish", "deprecated-type", "PUBLISH_TO_CHANNEL"),
        ];
        press(harness, "start").await;
        see_row(&page, "CREATE_ENGAGEMENT_SUCCEEDED").await;
        for (place, (button, rule, kind)) in faults.into_iter().enumerate() {
            press(harness, button).await;
            let found = until(&format!("{rule} to be found"), DEFAULT_TIMEOUT, async || {
                let found = findings(&page).await;
                match found.as_array().map(Vec::len) {
                    Some(count) if count > place => Ok(found),
                    _ => Err(format!("found: {found}")),
                }
            })
            .await;
            assert_eq!(found[0]["rule"], rule, "the newest comes first, and there is one for one fault: {found}");
            let at = format!("[data-test-id=message-row][data-number=\"{}\"]", found[0]["entry"].as_str().unwrap());
            let row = page
                .run(
                    "const row = document.querySelector(arguments[0]); return [row.dataset.type, row.innerText];",
                    vec![json!(at)],
                )
                .await;
            assert_eq!(row[0], kind, "{row}");
            assert!(row[1].as_str().unwrap().contains(found[0]["sentence"].as_str().unwrap()), "{row} says {found}");
        }
        page.see_attribute("check-count", "data-count", Some("7")).await;
        page.see_text("[role=tab][aria-selected=true]", "7").await;

        // From the finding to its message, with the keyboard.
        let entry = findings(&page).await[6]["entry"].as_str().unwrap().to_owned();
        page.run("document.querySelectorAll('[data-test-id=check-finding] button')[6].focus();", vec![]).await;
        page.press(Key::Enter).await;
        page.see_focus_on(&format!("#message-{entry}")).await;
        assert!(page.see("payload").await.text().await.unwrap().contains("CALL_BEGAN"));
    });
}

#[test]
fn messages_are_filtered_searched_held_and_cleared() {
    run(async |harness| {
        let page = open(harness, "/pages/faulty.html").await;
        for button in ["start", "answer", "invent", "end", "save"] {
            press(harness, button).await;
        }
        see_row(&page, "UPDATE_ENGAGEMENT_SUCCEEDED").await;
        page.type_into("filter-type", "call_").await;
        see_kinds(&page, &["CALL_COMPLETED", "CALL_ENDED", "CALL_BEGAN", "CALL_ANSWERED", "OUTGOING_CALL_STARTED"])
            .await;
        page.click("filter-findings").await;
        see_kinds(&page, &["CALL_BEGAN"]).await;
        page.click("filter-findings").await;
        empty(&page, "filter-type").await;
        page.type_into("search-messages", "+1617555").await;
        see_kinds(&page, &["OUTGOING_CALL_STARTED"]).await;
        empty(&page, "search-messages").await;
        see_row(&page, "SYNC_ACK").await;

        page.click("pause-messages").await;
        press(harness, "burst").await;
        page.see_text(".notes", "900").await;
        assert!(!kinds(&page).await.contains(&"CALL_DATA".to_owned()), "what comes is collected and not drawn");
        page.click("pause-messages").await;
        see_row(&page, "CALL_DATA").await;
        page.click("clear-messages").await;
        see_kinds(&page, &[]).await;
        press(harness, "answer").await;
        see_kinds(&page, &["CALL_ANSWERED"]).await;
    });
}

#[test]
fn of_very_many_messages_the_newest_are_drawn() {
    run(async |harness| {
        let page = open(harness, "/pages/faulty.html").await;
        press(harness, "burst").await;
        page.see_text(".older", "703 older messages").await;
        assert_eq!(kinds(&page).await.len(), 200);
        page.click("show-more").await;
        page.see_text(".older", "503 older messages").await;
        press(harness, "invent").await;
        see_row(&page, "CALL_BEGAN").await;
        assert_eq!(kinds(&page).await.len(), 400);
    });
}

#[test]
fn what_is_exported_is_imported_and_said_again() {
    run(async |harness| {
        // What the person would find among the downloads.
        harness
            .before_every_page(
                "const create = URL.createObjectURL.bind(URL);
                 URL.createObjectURL = blob => { blob.text().then(text => { window.exported = text; }); return create(blob); };
                 HTMLAnchorElement.prototype.click = () => {};",
            )
            .await;
        let page = open(harness, "/pages/faulty.html").await;
        for button in ["start", "answer", "end", "save"] {
            press(harness, button).await;
        }
        see_row(&page, "UPDATE_ENGAGEMENT_SUCCEEDED").await;
        page.click("export-messages").await;
        let exported = until("the file", DEFAULT_TIMEOUT, async || {
            let file = page.run("return window.exported ?? null;", vec![]).await;
            file.as_str().map(str::to_owned).ok_or_else(|| "there is none".to_owned())
        })
        .await;
        let recording: Value = serde_json::from_str(&exported).expect("the file is JSON");
        assert_eq!((&recording["format"], &recording["version"]), (&json!("calling-transcript"), &json!(1)));
        let live = kinds(&page).await;

        for (file, why) in [("{", "line 1"), ("{}", "not a recording"), (&exported[..exported.len() / 2], "not JSON")] {
            import(&page, file).await;
            page.see_text("[role=alert]", why).await;
        }
        import(&page, &exported.replace("\"callEndStatus\": \"COMPLETED\"", "\"callEndStatus\": \"DONE\"")).await;
        page.see("recording").await;
        assert_eq!(kinds(&page).await, live);
        assert_eq!(findings(&page).await[0]["rule"], "unknown-value");

        // The person does the widget's part, the recording HubSpot's.
        page.run("document.querySelector('.replay').open = true;", vec![]).await;
        page.click("replay").await;
        page.see_text("replaying", "OUTGOING_CALL_STARTED").await;
        press(harness, "start").await;
        page.see_text("replaying", "CALL_COMPLETED").await;
        page.click("replay-skip").await;
        page.click("close-recording").await;
        until("the replay to end", DEFAULT_TIMEOUT, async || {
            if page.has("replaying").await { Err("it goes on".into()) } else { Ok(()) }
        })
        .await;
        let last = row(&page, "UPDATE_ENGAGEMENT_SUCCEEDED").await;
        assert_eq!(kinds(&page).await[0], "UPDATE_ENGAGEMENT_SUCCEEDED", "said without being asked for: {last}");
    });
}

async fn empty(page: &Frame<'_>, field: &str) {
    page.type_over(field, &Key::Backspace.value().to_string()).await;
}

/// The simulator with this widget, which has shaken hands.
async fn open<'a>(harness: &'a TestHarness, widget: &str) -> Frame<'a> {
    let widget = format!("{}{widget}", harness.host_origin());
    let address = format!("{}/simulator/?widget={widget}", harness.guest_origin());
    harness.driver().set_window_rect(0, 0, 1400, 950).await.expect("the window has a size");
    harness.driver().goto(&address).await.expect("the simulator is there: `cargo xtask build`");
    let page = harness.page();
    page.click("call-button").await;
    see_row(&page, "INITIALIZED").await;
    page
}

/// Presses a button of the widget. Its frame may lie under a panel: no pointer is needed for it.
async fn press(harness: &TestHarness, button: &str) {
    harness.frame(GUEST).run("document.getElementById(arguments[0]).click();", vec![json!(button)]).await;
}

async fn see_row(page: &Frame<'_>, kind: &str) {
    page.see(&format!("[data-test-id=message-row][data-type={kind}]")).await;
}

/// What is written at the newest message of a type.
async fn row(page: &Frame<'_>, kind: &str) -> Value {
    let script = "const row = document.querySelector(`[data-test-id=message-row][data-type=${arguments[0]}]`);
                  return {text: row.innerText, direction: row.dataset.direction};";
    page.run(script, vec![json!(kind)]).await
}

/// The types of the messages that are drawn, the newest first.
async fn kinds(page: &Frame<'_>) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-test-id=message-row]')].map(row => row.dataset.type);";
    serde_json::from_value(page.run(script, vec![]).await).expect("a list of types")
}

async fn see_kinds(page: &Frame<'_>, expected: &[&str]) {
    until(&format!("the messages {expected:?}"), DEFAULT_TIMEOUT, async || {
        let seen = kinds(page).await;
        if seen == expected { Ok(()) } else { Err(format!("{seen:?}")) }
    })
    .await;
}

/// The findings, the newest first.
async fn findings(page: &Frame<'_>) -> Value {
    let script = "return [...document.querySelectorAll('[data-test-id=check-finding]')].map(finding => ({
                    rule: finding.dataset.rule, entry: finding.dataset.entry,
                    sentence: finding.querySelector('.sentence').innerText}));";
    page.run(script, vec![]).await
}

/// Chooses a file with this text in it.
async fn import(page: &Frame<'_>, text: &str) {
    let script = "const chosen = new DataTransfer();
                  chosen.items.add(new File([arguments[0]], 'recording.json'));
                  const input = document.querySelector('[data-test-id=import-file]');
                  input.files = chosen.files;
                  input.dispatchEvent(new Event('change', {bubbles: true}));";
    page.run(script, vec![json!(text)]).await;
}
