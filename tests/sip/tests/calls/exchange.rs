//! The exchange without the widget: with its phone, and with JsSIP alone in a page.

use e2e::{Server, target};
use sip_e2e::{
    ALICE, ANSWERS, Certificate, DEFAULT_TIMEOUT, DESK, Exchange, Options, Stage, TestHarness, Value, json, run,
    run_in, until,
};

#[test]
fn numbers_have_their_answers() {
    let tls = Some(Certificate::generate().unwrap());
    run_in(Options { tls, turn: true, ..Options::default() }, async |Stage { exchange, .. }| {
        for answer in ANSWERS {
            exchange.phone().dial(answer.number).await.unwrap();
            let closed = exchange.phone().next("CALL_CLOSED").await.unwrap();
            assert_eq!(closed.parameter, format!("{} {}", answer.status, answer.phrase));
        }
    });
}

#[test]
fn a_browser_and_the_phone_hear_each_other() {
    run(async |Stage { harness, exchange }| {
        harness.driver().goto(page_of_the_user_agent(exchange).await).await.unwrap();
        connect(harness, exchange).await;
        let phone = exchange.phone();

        script(harness, "call(arguments[0])", vec![json!(format!("sip:{}@sip.test", DESK.number))]).await;
        let established = phone.next("CALL_ESTABLISHED").await.unwrap();
        assert_eq!(established.peer, format!("sip:{}@sip.test", ALICE.number));
        phone.hears_voice().await.unwrap();
        script(harness, "session.mute()", vec![]).await;
        phone.hears_silence().await.unwrap();
        script(harness, "session.unmute()", vec![]).await;
        phone.hears_voice().await.unwrap();
        script(harness, "return new Promise(done => session.hold({}, done))", vec![]).await;
        phone.hears_silence().await.unwrap();
        script(harness, "return new Promise(done => session.unhold({}, done))", vec![]).await;
        phone.hears_voice().await.unwrap();
        script(harness, "session.sendDTMF('12#', {transportType: 'RFC2833'})", vec![]).await;
        phone.receives_digits("12#").await.unwrap();
        packets(harness, 20.0).await;
        script(harness, "session.terminate()", vec![]).await;
        phone.next("CALL_CLOSED").await.unwrap();

        phone.dial(ALICE.number).await.unwrap();
        entry(harness, "session", 2).await;
        script(harness, "answer()", vec![]).await;
        phone.next("CALL_ESTABLISHED").await.unwrap();
        phone.hears_voice().await.unwrap();
        packets(harness, 20.0).await;
        phone.hang_up().await.unwrap();
        entry(harness, "ended", 2).await;
    });
}

/// The page, served beside the user agent that the widget is built with.
async fn page_of_the_user_agent(exchange: &Exchange) -> String {
    let folder = exchange.folder().join("page");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.html"), include_str!("../../pages/jssip.html")).unwrap();
    std::fs::copy(target().join("tools/sip/user-agent.js"), folder.join("user-agent.js")).unwrap();
    format!("http://127.0.0.1:{}/", Server::folder(&folder).await)
}

async fn connect(harness: &TestHarness, exchange: &Exchange) {
    let arguments = [exchange.websocket(), format!("sip:{}@sip.test", ALICE.user), ALICE.password.to_owned()];
    script(harness, "connect(...arguments)", arguments.map(Value::from).to_vec()).await;
    entry(harness, "registered", 1).await;
}

async fn script(harness: &TestHarness, script: &str, arguments: Vec<Value>) -> Value {
    harness.driver().execute(script, arguments).await.unwrap().json().clone()
}

/// Waits until the page has logged an event so often.
async fn entry(harness: &TestHarness, name: &str, count: u64) {
    until(&format!("{count} times {name}"), DEFAULT_TIMEOUT, async || {
        let log = script(harness, "return log", vec![]).await;
        let found = log.as_array().into_iter().flatten().filter(|entry| entry["name"] == name).count() as u64;
        if found == count { Ok(()) } else { Err(log.to_string()) }
    })
    .await;
}

/// Waits until so many packets of audio have arrived in the browser.
async fn packets(harness: &TestHarness, count: f64) {
    let read = "return session.connection.getStats().then(stats =>
        [...stats.values()].find(entry => entry.type === 'inbound-rtp')?.packetsReceived ?? 0)";
    until(&format!("{count} packets"), DEFAULT_TIMEOUT, async || {
        let received = script(harness, read, vec![]).await.as_f64().unwrap_or_default();
        if received >= count { Ok(()) } else { Err(received.to_string()) }
    })
    .await;
}
