//! Accessibility: axe finds no violations, and the keyboard is enough.

use std::cell::{Cell, RefCell};

use e2e::{COUNTRY_PREFIX, Control, Key, json, languages, run, tour, violations};

#[test]
fn axe_finds_no_violation_on_any_screen() {
    check_with_axe("light", "en-US");
}

#[test]
fn axe_finds_no_violation_in_dark_mode_and_in_another_language() {
    check_with_axe("dark", languages().last().expect("a language"));
}

#[track_caller]
fn check_with_axe(theme: &str, language: &str) {
    run(async |harness| {
        harness.prefer("prefers-color-scheme", theme).await;
        harness.prefer_language(language).await;
        harness.ring_on().await;
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        let found = RefCell::new(Vec::new());
        let screens = Cell::new(0);
        // Every host page has its frame under the same id.
        let widget = host.guest();
        let look = async |screen: &str| {
            screens.set(screens.get() + 1);
            let violations = violations(&widget).await;
            found.borrow_mut().extend(violations.iter().map(|violation| format!("{screen}: {violation}")));
        };
        tour::outbound(&host, look).await;
        host.guest().click(Control::LogOut).await;
        tour::inbound(&host, look).await;
        host.guest().click(Control::LogOut).await;
        let host = harness.widget().remote().open(harness).await;
        host.initialized().await;
        tour::remote_frame(&host, look).await;
        assert_eq!(screens.get(), 18);
        assert!(found.borrow().is_empty(), "axe found: {found:#?}");
    });
}

#[test]
fn axe_finds_a_violation_that_is_there() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        host.guest().see(Control::LogIn).await;
        host.guest().run("document.body.append(document.createElement('img'));", vec![]).await;
        let found = violations(&host.guest()).await;
        assert!(found.iter().any(|violation| violation.starts_with("image-alt")), "{found:?}");
    });
}

/// With Tab, Enter, digits and letters only.
#[test]
fn the_keyboard_is_enough_from_log_in_to_the_saved_call() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        let widget = host.guest();
        host.initialized().await;

        widget.see(Control::LogIn).await;
        widget.tab_to(Control::LogIn).await;
        widget.press(Key::Enter).await;
        host.next("LOGGED_IN").await;

        widget.see(Control::DialNumber).await;
        widget.tab_to(Control::DialNumber).await;
        widget.press("6175550100").await;
        let number = format!("{COUNTRY_PREFIX}6175550100");
        widget.see_number(Control::DialNumber, &number).await;
        widget.press(Key::Enter).await;
        let started = host.next("OUTGOING_CALL_STARTED").await;
        assert_eq!(started["data"]["toNumber"], number);

        host.next("CALL_ANSWERED").await;
        widget.see(Control::Notes).await;
        widget.tab_to(Control::Notes).await;
        widget.press("by keyboard").await;
        widget.tab_to(Control::Mute).await;
        widget.press(" ").await;
        widget.see_attribute(Control::Mute, "aria-pressed", Some("true")).await;
        widget.tab_to(Control::EndCall).await;
        widget.press(Key::Enter).await;
        host.next("CALL_ENDED").await;

        widget.see(Control::SaveCall).await;
        widget.tab_to(Control::SaveCall).await;
        widget.press(Key::Enter).await;
        let completed = host.next("CALL_COMPLETED").await;
        assert_eq!(completed["data"]["engagementProperties"]["hs_call_body"], "by keyboard");
        widget.see(Control::DialNumber).await;
        host.nothing_more().await;
    });
}

#[test]
fn enter_in_the_password_logs_in() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        host.guest().see(Control::LogIn).await;
        host.guest().click(Control::Password).await;
        host.guest().press(Key::Enter).await;
        host.next("LOGGED_IN").await;
        host.nothing_more().await;
    });
}

/// Escape and a click outside close the menu. After Escape its button has the focus.
#[test]
fn menus_close_without_a_choice() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        let widget = host.guest();
        host.initialized().await;
        widget.click(Control::LogIn).await;
        widget.see_attribute(Control::FromNumber, "aria-expanded", Some("false")).await;

        widget.click(Control::FromNumber).await;
        widget.see_attribute(Control::FromNumber, "aria-expanded", Some("true")).await;
        widget.press(Key::Escape).await;
        widget.see_attribute(Control::FromNumber, "aria-expanded", Some("false")).await;
        widget.see_focus_on(Control::FromNumber).await;

        widget.click(Control::FromNumber).await;
        widget.see_attribute(Control::FromNumber, "aria-expanded", Some("true")).await;
        widget.click(Control::DialNumber).await;
        widget.see_attribute(Control::FromNumber, "aria-expanded", Some("false")).await;
    });
}

/// On no screen is the focus on the body, and no invisible element can be focused.
#[test]
fn the_focus_is_never_lost() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        let mut lost = Vec::new();
        tour::outbound(&host, async |screen| {
            let widget = host.guest();
            let on = widget.run("return document.activeElement?.tagName ?? 'nothing';", vec![]).await;
            // Before the first action the browser itself may have the focus.
            if screen != "login" && (on == json!("BODY") || on == json!("nothing")) {
                lost.push(format!("{screen}: the focus is on {on}"));
            }
            for invisible in widget.invisible_tab_stops().await {
                lost.push(format!("{screen}: {invisible} can be focused but is invisible"));
            }
        })
        .await;
        assert!(lost.is_empty(), "{lost:#?}");
    });
}
