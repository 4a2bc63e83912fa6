//! A reload loses nothing: the same call, its timer and the notes are back, and HubSpot hears no call message twice.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Direction, Host, HostPage, PATIENCE, Stage, Value, json, run, tour, until};

/// Brings a call to each state, loads the frame or the whole host page anew, and goes on with it.
#[track_caller]
fn check(reload: impl AsyncFn(&Host<'_>)) {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        let widget = host.guest();
        host.initialized().await;
        widget.click("log-in").await;
        host.next("LOGGED_IN").await;

        reload(&host).await;
        assert_initialized(&host, true, Value::Null).await;
        widget.type_over("dial-number-input", "+16175550100").await;
        widget.click("outgoing-call").await;
        let started = host.next("OUTGOING_CALL_STARTED").await;
        let call = started["data"]["externalCallId"].clone();
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        host.next("CALL_ANSWERED").await;
        let answered_at = at(&host, "CALL_ANSWERED").await;
        widget.type_into("#callingnotes", "half a sent").await;
        widget.click("#hold").await;
        widget.see_attribute("#hold", "aria-pressed", Some("true")).await;
        widget.click("#mute").await;
        widget.see_attribute("#mute", "aria-pressed", Some("true")).await;

        reload(&host).await;
        assert_initialized(&host, true, json!(12)).await;
        widget.see_value("#callingnotes", "half a sent").await;
        for switch in ["#mute", "#hold"] {
            widget.see_attribute(switch, "aria-pressed", Some("true")).await;
        }
        assert!(timer(&host).await + 2.0 >= (now(&host).await - answered_at) / 1000.0, "the timer goes on");
        widget.type_into("#callingnotes", "ence").await;
        widget.click("end-call").await;
        let ended = host.next("CALL_ENDED").await;
        assert_eq!(ended["data"], json!({"externalCallId": call, "engagementId": 12, "callEndStatus": "COMPLETED"}));
        let talked = at(&host, "CALL_ENDED").await - answered_at;

        reload(&host).await;
        assert_initialized(&host, true, json!(12)).await;
        widget.see_value("#callingnotes", "half a sentence").await;
        widget.click("complete-call").await;
        let completed = host.next("CALL_COMPLETED").await;
        let properties = &completed["data"]["engagementProperties"];
        assert_eq!(completed["data"]["externalCallId"], call);
        assert_eq!(properties["hs_call_body"], "half a sentence");
        let duration = properties["hs_call_duration"].as_str().unwrap();
        assert!((duration.parse::<f64>().unwrap() - talked).abs() < 1_000.0, "{talked} ms, and {duration} reported");
        assert_eq!(properties["hs_timestamp"], started["data"]["callStartTime"].to_string().as_str());
        widget.see("dial-number-input").await;

        widget.click("log-out").await;
        host.next("LOGGED_OUT").await;
        reload(&host).await;
        assert_initialized(&host, false, Value::Null).await;
        widget.see("log-in").await;
    });
}

#[test]
fn of_the_host_page() {
    check(async |host| host.reload().await);
}

#[test]
fn of_the_frame_alone() {
    check(async |host| {
        host.guest().run("location.reload();", vec![]).await;
        // The npm host begins anew with each load of its frame.
    });
}

/// The other side's phone goes on ringing while the page is gone: its answer is heard, once.
#[track_caller]
fn check_while_dialing(reload: impl AsyncFn(&Host<'_>)) {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        host.initialized().await;
        host.guest().click("log-in").await;
        host.next("LOGGED_IN").await;
        let started = dial(&host, "+16175550100").await;
        reload(&host).await;
        assert_initialized_quietly(&host, true, Value::Null).await;
        host.guest().see("end-call").await;
        let answered = host.next("CALL_ANSWERED").await;
        assert_eq!(answered["data"], json!({"externalCallId": started["externalCallId"]}));
        let waited = at(&host, "CALL_ANSWERED").await - started["callStartTime"].as_f64().unwrap();
        assert!((2_400.0..9_000.0).contains(&waited), "the mock answers after 2.5 s, not {waited} ms");
        host.guest().click("end-call").await;
        host.next("CALL_ENDED").await;
        host.guest().click("complete-call").await;
        host.next("CALL_COMPLETED").await;
        host.nothing_more().await;
    });
}

#[test]
fn of_the_host_page_while_dialing() {
    check_while_dialing(async |host| host.reload().await);
}

#[test]
fn of_the_frame_while_dialing() {
    check_while_dialing(async |host| {
        host.guest().run("location.reload();", vec![]).await;
    });
}

/// They have been talking since the answer, and not since the page was back.
#[test]
fn the_answer_came_while_the_page_was_gone() {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        host.initialized().await;
        host.guest().click("log-in").await;
        host.next("LOGGED_IN").await;
        let started = dial(&host, "+16175550100").await;
        let answered_at = started["callStartTime"].as_f64().unwrap() + 2_500.0;
        stage.server.hold(".wasm");
        host.reload().await;
        see_time(&host, answered_at + 2_000.0).await;
        stage.server.release(".wasm");
        host.initialized().await;
        host.next("CALL_ANSWERED").await;
        host.guest().see("#callingnotes").await;
        assert!(timer(&host).await >= 2.0, "the timer begins with the answer");
        host.guest().click("end-call").await;
        host.next("CALL_ENDED").await;
        let talked = at(&host, "CALL_ENDED").await - answered_at;
        host.guest().click("complete-call").await;
        let completed = host.next("CALL_COMPLETED").await;
        let duration = completed["data"]["engagementProperties"]["hs_call_duration"].as_str().unwrap();
        assert!((duration.parse::<f64>().unwrap() - talked).abs() < 1_000.0, "{talked} ms, and {duration} reported");
        host.nothing_more().await;
    });
}

/// An incoming call goes on ringing, for five seconds in all, and is given away once.
#[test]
fn while_it_rings() {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        host.initialized().await;
        host.guest().click("log-in").await;
        host.next("LOGGED_IN").await;
        tour::call_oneself(&host.guest(), async || ()).await;
        host.next("USER_AVAILABLE").await;
        let incoming = host.next("INCOMING_CALL").await;
        host.guest().see("answer-call").await;
        host.reload().await;
        let initialized = host.initialized().await;
        assert_eq!(initialized["data"]["isAvailable"], true, "{initialized}");
        let transferred = host.next("CALL_TRANSFERRED").await;
        assert_eq!(transferred["data"]["externalCallId"], incoming["data"]["externalCallId"]);
        let rang = at(&host, "CALL_TRANSFERRED").await - incoming["data"]["callStartTime"].as_f64().unwrap();
        assert!((4_900.0..9_000.0).contains(&rang), "it rings for 5 s, not for {rang} ms");
        host.guest().see("dial-number-input").await;
        host.reload().await;
        let initialized = host.initialized().await;
        assert_eq!(initialized["data"]["isAvailable"], true, "{initialized}");
        host.nothing_more().await;
    });
}

/// HubSpot opens the record and then says in READY which engagement the call has.
#[test]
fn the_engagement_of_ready_is_the_restored_calls() {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        host.initialized().await;
        host.guest().click("log-in").await;
        host.next("LOGGED_IN").await;
        dial(&host, "+16175550100").await;
        host.next("CALL_ANSWERED").await;
        let host = HostPage { sync: json!({"engagementId": 77}), ..stage.widget() }.open(stage).await;
        assert_initialized(&host, true, json!(77)).await;
        host.guest().click("end-call").await;
        assert_eq!(host.next("CALL_ENDED").await["data"]["engagementId"], 77);
        host.guest().click("complete-call").await;
        assert_eq!(host.next("CALL_COMPLETED").await["data"]["engagementId"], 77);
        host.nothing_more().await;
    });
}

/// The same storage in another tab is a call only if its page was left: otherwise the tab is a copy, and the call goes on in
/// the first one. What makes the difference is set by hand here.
#[test]
fn only_a_page_that_was_left_leaves_its_call() {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        host.initialized().await;
        host.guest().click("log-in").await;
        host.next("LOGGED_IN").await;
        dial(&host, "+16175550100").await;
        host.next("CALL_ANSWERED").await;
        host.send("CREATE_ENGAGEMENT_SUCCEEDED", json!({"engagementId": 12})).await;
        host.nothing_more().await;
        let kept = kept(&host).await;
        for (left, engagement) in [("no", Value::Null), ("yes", json!(12))] {
            let copied = in_a_tab_with(stage, &kept, left).await;
            assert_initialized(&copied, true, engagement.clone()).await;
            assert_eq!(copied.guest().has("#callingnotes").await, !engagement.is_null(), "left: {left}");
        }
    });
}

/// Half a call would be worse than none: what an older version kept, or what is cut off or too long, is discarded whole.
#[test]
fn a_state_of_another_version_is_discarded() {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        host.initialized().await;
        host.guest().click("log-in").await;
        host.next("LOGGED_IN").await;
        dial(&host, "+16175550100").await;
        host.nothing_more().await;
        let kept: Vec<Value> = serde_json::from_str(&kept(&host).await).unwrap();
        let version = kept[0].as_u64().unwrap();
        let older = [&[json!(version - 1)], &kept[1..]].concat();
        let newer = [&[json!(version + 1)], &kept[1..]].concat();
        let longer = [&kept[..], &[json!(0)]].concat();
        let cut_off = kept[..kept.len() - 1].to_vec();
        for (discarded, what) in [older, newer, longer, cut_off].iter().zip(1..) {
            let broken = in_a_tab_with(stage, &json!(discarded).to_string(), "yes").await;
            assert_initialized(&broken, false, Value::Null).await;
            broken.guest().see("log-in").await;
            let console = stage.console().await;
            let said = console.iter().filter(|line| line.contains("discarded a kept state")).count();
            assert_eq!(said, what, "each is logged: {console:#?}");
        }
        let whole = in_a_tab_with(stage, &json!(kept).to_string(), "yes").await;
        whole.initialized().await;
        whole.guest().see("end-call").await;
    });
}

/// Nothing of the user is left behind.
#[test]
fn a_log_out_clears_what_was_kept() {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        host.initialized().await;
        host.guest().click("log-in").await;
        host.next("LOGGED_IN").await;
        for number in ["+16175550100", "+16175550101"] {
            dial(&host, number).await;
            if number == "+16175550100" {
                host.guest().click("end-call").await;
            }
            host.next("CALL_ENDED").await;
            host.guest().click("complete-call").await;
            host.next("CALL_COMPLETED").await;
        }
        host.guest().click("log-out").await;
        host.next("LOGGED_OUT").await;
        let left = "return [sessionStorage.getItem('cti-state'), ...Object.keys(localStorage)];";
        assert_eq!(host.guest().run(left, vec![]).await, json!([null]));
    });
}

/// The browser copies a tab with its session storage; two tabs must not have the same call.
#[test]
fn a_copied_tab_is_no_second_call() {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        host.initialized().await;
        host.guest().click("log-in").await;
        host.guest().type_over("dial-number-input", "+16175550100").await;
        host.guest().click("outgoing-call").await;
        host.guest().see("#callingnotes").await;
        let original = stage.driver().window().await.unwrap();
        host.run("window.open(location.href);", vec![]).await;
        let copy = stage.other_window(&original).await;
        stage.driver().switch_to_window(copy).await.unwrap();
        let copied = stage.widget().opened(stage);
        assert_eq!(copied.initialized().await["data"].get("engagementId"), None);
        copied.nothing_more().await;
        assert!(!copied.guest().has("end-call").await);
        stage.driver().switch_to_window(original).await.unwrap();
        host.guest().click("end-call").await;
        host.guest().see("complete-call").await;
        assert_eq!(host.count(Direction::Handled, "CALL_ENDED").await, 1);
    });
}

/// What an older version kept, or nobody knows who, is discarded.
#[test]
fn a_kept_state_that_is_broken_is_discarded() {
    run(async |stage| {
        let host = stage.widget().open(stage).await;
        host.initialized().await;
        for broken in ["", "null", "{}", "[1", "{\"version\": 999999}", "\u{fffd}"] {
            let break_all = "for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, arguments[0]);
                if (!sessionStorage.length) throw new Error('nothing is kept');";
            host.guest().click("log-in").await;
            host.guest().see("dial-number-input").await;
            host.guest().run(break_all, vec![json!(broken)]).await;
            host.reload().await;
            assert_initialized(&host, false, Value::Null).await;
            host.guest().see("log-in").await;
        }
    });
}

async fn assert_initialized(host: &Host<'_>, logged_in: bool, engagement: Value) {
    let initialized = host.initialized().await;
    assert_eq!(initialized["data"]["isLoggedIn"], logged_in, "{initialized}");
    assert_eq!(initialized["data"]["engagementId"], engagement, "{initialized}");
    host.nothing_more().await;
}

/// As [`assert_initialized`], while a message may be on its way.
async fn assert_initialized_quietly(host: &Host<'_>, logged_in: bool, engagement: Value) {
    let initialized = host.initialized().await;
    assert_eq!(initialized["data"]["isLoggedIn"], logged_in, "{initialized}");
    assert_eq!(initialized["data"]["engagementId"], engagement, "{initialized}");
}

/// Calls a number: what HubSpot hears.
async fn dial(host: &Host<'_>, number: &str) -> Value {
    host.guest().type_over("dial-number-input", number).await;
    host.guest().click("outgoing-call").await;
    host.next("OUTGOING_CALL_STARTED").await["data"].clone()
}

/// What the frame keeps over a reload.
async fn kept(host: &Host<'_>) -> String {
    let kept = host.guest().run("return sessionStorage.getItem('cti-state');", vec![]).await;
    kept.as_str().unwrap().to_owned()
}

/// The host in a new tab, whose frame has this in its storage before it begins.
async fn in_a_tab_with<'a>(stage: &'a Stage, kept: &str, left: &str) -> Host<'a> {
    let tab = stage.driver().new_tab().await.unwrap();
    stage.driver().switch_to_window(tab).await.unwrap();
    let script = format!(
        "if (top !== self) {{ sessionStorage.setItem('cti-state', {}); sessionStorage.setItem('cti-left', {}); }}",
        json!(kept),
        json!(left)
    );
    stage.before_every_page(&script).await;
    stage.widget().open(stage).await
}

/// When the host heard of it.
async fn at(host: &Host<'_>, kind: &str) -> f64 {
    host.wait_for(1, Direction::Handled, kind).await[0].at
}

/// The browser's clock.
async fn now(host: &Host<'_>) -> f64 {
    host.run("return String(Date.now());", vec![]).await.as_str().unwrap().parse().unwrap()
}

/// What the timer shows, in seconds.
async fn timer(host: &Host<'_>) -> f64 {
    let shown = host.guest().see("[role=timer]").await.text().await.unwrap();
    let parts: Vec<f64> = shown.split(':').map(|part| part.parse().unwrap()).collect();
    parts.iter().fold(0.0, |seconds, part| seconds * 60.0 + part)
}

/// Waits until it is that late in the browser.
async fn see_time(host: &Host<'_>, time: f64) {
    until("a time to pass", PATIENCE, async || {
        let now = now(host).await;
        if now >= time { Ok(()) } else { Err(format!("it is {now}")) }
    })
    .await;
}
