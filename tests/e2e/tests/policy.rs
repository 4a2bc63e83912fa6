//! The policy of the built widget: what it blocks, and that a violation fails a test.

use e2e::{Control, policy, run};

/// What Chromium and Firefox write to the console when a policy blocks something.
const BLOCKED: [&str; 5] =
    ["Content Security Policy", "Content Security policy", "Content-Security-Policy", "'Trusted", "evil.example"];

/// Features that would harm a user, and those that the widget needs.
const FEATURES: [&str; 9] = [
    "microphone",
    "autoplay",
    "camera",
    "clipboard-read",
    "display-capture",
    "fullscreen",
    "geolocation",
    "payment",
    "usb",
];

#[test]
fn nothing_but_its_own_files_is_run_styled_or_contacted() {
    run(async |harness| {
        BLOCKED.iter().for_each(|text| harness.expect_error(text));
        let host = harness.widget().open(harness).await;
        host.guest().see(Control::LogIn).await;
        assert_eq!(policy::unblocked(&host.guest()).await, Vec::<String>::new());
    });
}

#[test]
#[should_panic(expected = "the console shows errors")]
fn a_violation_fails_a_test() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.guest().see(Control::LogIn).await;
        host.guest().run("document.body.setAttribute('style', 'color: red');", vec![]).await;
    });
}

#[test]
fn a_call_contacts_no_other_origin() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        let widget = host.guest();
        widget.click(Control::LogIn).await;
        widget.type_over(Control::DialNumber, "+16175550100").await;
        widget.click(Control::Call).await;
        widget.click(Control::EndCall).await;
        widget.click(Control::SaveCall).await;
        assert_eq!(policy::contacted(&widget).await, [harness.guest_origin()]);
    });
}

#[test]
fn the_widget_has_the_microphone_and_sound_and_no_other_device() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.guest().see(Control::LogIn).await;
        assert_eq!(policy::allowed(&host.guest(), &FEATURES).await, ["microphone", "autoplay"]);
        harness.driver().goto(format!("{}/", harness.guest_origin())).await.expect("the widget opens");
        harness.page().see(Control::LogIn).await;
        assert_eq!(policy::allowed(&harness.page(), &FEATURES).await, ["microphone", "autoplay"]);
    });
}
