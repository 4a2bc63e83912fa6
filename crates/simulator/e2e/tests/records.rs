//! The simulator's records: found, called, and with their calls on the timeline.

use e2e::{DEFAULT_TIMEOUT, Frame, Key, TestHarness, run, until, violations};
use simulator_e2e::{OUR_WIDGET, Opening, Selectors, Simulator, act};

const NUMBER: &str = "record-phone-number";
const ENTRY: &str = "timeline-entry";

#[test]
fn a_call_from_a_ticket_is_on_both_timelines_and_survives_a_reload() {
    run(async |harness| {
        let simulator = open(harness).await;
        let page = simulator.page();
        show(&page, "0-5/301").await;
        page.click(&format!(".associated [data-test-id={NUMBER}]")).await;
        call_and_end(&simulator).await;
        simulator.widget().type_into("#callingnotes", "Wants 40 seats.").await;
        simulator.widget().click("complete-call").await;
        see_status(&page, "saved").await;
        page.see_text(ENTRY, "Wants 40 seats.").await;
        page.see_text(ENTRY, "Tilda Threephones").await;
        page.run("document.querySelector('[data-test-id=timeline-entry] .links .link').click();", vec![]).await;
        page.see("[data-record='0-1/52']").await;
        see_status(&page, "saved").await;
        harness.driver().refresh().await.expect("the page loads again");
        show(&page, "0-5/301").await;
        page.see_text(ENTRY, "Wants 40 seats.").await;
    });
}

#[test]
fn a_call_that_is_left_is_a_ghost_until_the_widget_is_back() {
    run(async |harness| {
        let simulator = open(harness).await;
        let page = simulator.page();
        show(&page, "0-1/61").await;
        page.click(NUMBER).await;
        log_in(&simulator).await;
        simulator.widget().click("outgoing-call").await;
        see_status(&page, "wrap-up").await; // the line is busy
        page.click(".widget header button:last-child").await;
        see_status(&page, "ghost").await;
        page.click("call-button").await;
        see_status(&page, "wrap-up").await;
        simulator.widget().click("complete-call").await;
        see_status(&page, "saved").await;
    });
}

/// A page that crashes says nothing of its frames.
#[test]
fn a_call_in_a_frame_of_a_page_that_crashed_is_a_ghost() {
    run(async |harness| {
        let simulator = open(harness).await;
        show(&simulator.page(), "0-1/51").await;
        simulator.page().click(NUMBER).await;
        log_in(&simulator).await;
        simulator.widget().click("outgoing-call").await;
        see_status(&simulator.page(), "talking").await;
        let kept = simulator.page().run("return localStorage.getItem('simulator:state');", vec![]).await;
        let crash = format!(
            "if (location.pathname.startsWith('/simulator/')) {{
                sessionStorage.clear();
                localStorage.setItem('simulator:state', {kept});
            }}"
        );
        harness.before_every_page(&crash).await;
        let simulator = open(harness).await;
        show(&simulator.page(), "0-1/51").await;
        see_status(&simulator.page(), "ghost").await;
    });
}

#[test]
fn tasks_come_one_after_the_other_with_their_records() {
    run(async |harness| {
        let simulator = open(harness).await;
        let page = simulator.page();
        page.click("queue-start").await;
        for (record, text) in [("0-1/51", "1 of 3"), ("0-1/52", "2 of 3"), ("0-2/201", "3 of 3")] {
            page.see(&format!("[data-record='{record}']")).await;
            page.see_text(".queue", text).await;
            page.click("queue-call").await;
            if record == "0-1/51" {
                log_in(&simulator).await;
            }
            simulator.widget().click("outgoing-call").await;
            simulator.widget().click("end-call").await;
            // Ours wants to stay open, which HubSpot does not heed in a queue.
            simulator.widget().click("complete-call").await;
            until("the widget to be closed", DEFAULT_TIMEOUT, async || {
                if page.has("iframe").await { Err("it is there".to_owned()) } else { Ok(()) }
            })
            .await;
        }
        page.see_text(".queue", "3 of 3").await;
        page.see_text(".queue", "All tasks are done").await;
        page.click("queue-leave").await;
    });
}

/// Sven and Svea have one number.
#[test]
fn of_two_who_may_be_calling_the_one_whose_record_is_opened_gets_the_call() {
    run(async |harness| {
        let simulator = open(harness).await;
        let page = simulator.page();
        page.click("call-button").await;
        log_in(&simulator).await;
        let clicks = Selectors::read(OUR_WIDGET).expect("the file of our widget can be read");
        act(harness, &clicks, "receive-call", Some("+16175550141")).await;
        simulator.widget().click("answer-call").await;
        simulator.widget().see("//button[normalize-space(.)='Sven Sharing']").await;
        simulator.widget().click("//button[normalize-space(.)='Svea Sharing']").await;
        page.see("[data-record='0-1/58'] .calls").await;
        see_status(&page, "talking").await;
        // The frame reloads, and the call goes on in it.
        act(harness, &clicks, "end-call", None).await;
        simulator.widget().click("complete-call").await;
        see_status(&page, "saved").await;
        show(&page, "0-1/57").await;
        page.see(".calls .empty").await;
    });
}

#[test]
fn records_are_found_and_called_without_a_mouse() {
    run(async |harness| {
        let simulator = open(harness).await;
        let page = simulator.page();
        let rows = async |count: usize| {
            until(&format!("{count} rows"), DEFAULT_TIMEOUT, async || {
                let script = "return document.querySelectorAll('[data-test-id=record-row]').length;";
                let shown = page.try_run(script, vec![]).await?;
                if shown == count { Ok(()) } else { Err(format!("there are {shown}")) }
            })
            .await;
        };
        page.tab_to(".finder input").await;
        page.press("0141").await;
        rows(2).await;
        page.press(" nobody").await;
        rows(0).await;
        page.see(".empty").await;
        page.type_over(".finder input", "pencil").await;
        rows(2).await;
        page.tab_to(".chip:nth-child(3)").await;
        page.press(Key::Enter).await;
        page.see_attribute(".chip:nth-child(3)", "aria-pressed", Some("true")).await;
        rows(1).await;
        page.tab_to(&format!("[data-test-id={NUMBER}]")).await;
        page.press(Key::Enter).await;
        simulator.widget().see("log-in").await;
    });
}

#[test]
fn axe_finds_nothing_on_records() {
    check_with_axe("light", "en-US");
}

#[test]
fn axe_finds_nothing_on_records_in_the_dark_and_in_french() {
    check_with_axe("dark", "fr-FR");
}

#[track_caller]
fn check_with_axe(theme: &str, language: &str) {
    run(async |harness| {
        harness.prefer("prefers-color-scheme", theme).await;
        harness.prefer_language(language).await;
        let simulator = open(harness).await;
        let page = simulator.page();
        let clean = async |what: &str| {
            page.settle().await;
            let found = violations(&page).await;
            assert!(found.is_empty(), "{what}: {found:#?}");
        };
        clean("list").await;
        page.click("queue-start").await;
        page.see("[data-record='0-1/51']").await;
        clean("task").await;
        page.click("queue-call").await;
        call_and_end(&simulator).await;
        see_status(&page, "wrap-up").await;
        clean("wrap-up").await;
        page.click(".widget header button:last-child").await;
        see_status(&page, "ghost").await;
        clean("ghost").await;
    });
}

async fn open(harness: &TestHarness) -> Simulator<'_> {
    let simulator = Simulator::open(harness, &Opening::default()).await;
    simulator.page().see("record-row").await;
    simulator
}

/// Goes to a record; from another one by the list.
async fn show(page: &Frame<'_>, id: &str) {
    page.see("//main//h1").await;
    page.run("document.querySelector('.record > .button')?.click();", vec![]).await;
    page.click(&format!("[data-record='{id}'] .link")).await;
    page.see(&format!("[data-record='{id}']")).await;
}

async fn log_in(simulator: &Simulator<'_>) {
    simulator.widget().click("log-in").await;
    simulator.widget().see("outgoing-call").await;
}

/// From the log-in to the wrap-up.
async fn call_and_end(simulator: &Simulator<'_>) {
    log_in(simulator).await;
    simulator.widget().click("outgoing-call").await;
    simulator.widget().see("#mute").await; // they talk
    simulator.widget().click("end-call").await;
    simulator.widget().see("complete-call").await;
}

async fn see_status(page: &Frame<'_>, status: &str) {
    page.see_attribute(ENTRY, "data-status", Some(status)).await;
}
