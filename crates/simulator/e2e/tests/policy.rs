//! The policy of the built simulator: what it blocks.

use e2e::{policy, run};

/// What Chromium and Firefox write to the console when a policy blocks something.
const BLOCKED: [&str; 5] =
    ["Content Security Policy", "Content Security policy", "Content-Security-Policy", "'Trusted", "evil.example"];

#[test]
fn nothing_but_its_own_files_is_run_styled_or_contacted() {
    run(async |harness| {
        BLOCKED.iter().for_each(|text| harness.expect_error(text));
        let address = format!("{}/simulator/", harness.host_origin());
        harness.driver().goto(address).await.expect("the simulator opens");
        let page = harness.page();
        page.click("call-button").await;
        page.see(e2e::GUEST).await;
        // Its frame is of another origin, which the policy allows.
        let contacted = policy::contacted(&page).await;
        assert!(contacted.contains(&harness.host_origin()) && contacted.len() <= 2, "{contacted:?}");
        assert_eq!(policy::unblocked(&page).await, Vec::<String>::new());
    });
}
