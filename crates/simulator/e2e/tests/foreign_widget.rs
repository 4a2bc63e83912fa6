//! A widget that is not ours in the simulator: a page on HubSpot's npm package. As it is the protocol check finds nothing; with faults
//! planted in it, the check finds them and nothing else. That each fault is found alone is in the tests of the check, and the scenarios
//! with a widget on the npm package are in the tests of calling-simulator.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{DEFAULT_TIMEOUT, TestHarness, Value, run, until};
use simulator_e2e::{Opening, Outcome, Selectors, Simulator};
use std::collections::BTreeSet;
use std::time::Duration;

const SELECTORS: &str = include_str!("../pages/npm-widget.toml");
const LIMIT: Duration = Duration::from_secs(60);

/// The steps expect beside the findings what every widget sends.
const CALL: &str = r#"
[[step]]
dial = "+1 617 555 0111"
of = "0-1/51"

[[step]]
in-widget = "call"

[[step]]
hubspot-sends = "DIAL_NUMBER"

[[step]]
in-widget = "end-call"

[[step]]
in-widget = "save"
"#;

/// Plants faults and makes a call: the check has found them then, and nothing else.
#[track_caller]
fn check_faults(faults: &[&str]) {
    run(async |harness| {
        let text = format!("description.en = \"A call\"\n{CALL}");
        let own = [("a-call".to_owned(), text)];
        let simulator = open(harness, &faults.join(","), Some("a-call"), &own).await;
        let selectors = Selectors::read(SELECTORS).unwrap();
        // The steps do not wait for the widget's messages, so the run fails at its end; what counts is the check.
        let outcome = simulator.finish(&selectors, LIMIT).await;
        assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
        simulator.page().click("tab-messages").await;
        let expected: BTreeSet<String> = faults.iter().map(|rule| (*rule).to_owned()).collect();
        until(&format!("the findings {expected:?}"), DEFAULT_TIMEOUT, async || {
            let found = findings(&simulator).await?;
            if found == expected { Ok(()) } else { Err(format!("found: {found:?}")) }
        })
        .await;
    });
}

async fn findings(simulator: &Simulator<'_>) -> Result<BTreeSet<String>, String> {
    let script = "return [...document.querySelectorAll('[data-rule]')].map(finding => finding.dataset.rule);";
    let rules = simulator.page().try_run(script, vec![]).await?;
    Ok(rules.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}

async fn open<'a>(
    harness: &'a TestHarness,
    faults: &str,
    scenario: Option<&str>,
    own_scenarios: &[(String, String)],
) -> Simulator<'a> {
    let widget = format!("{}/pages/npm-widget.html?faults={faults}", harness.guest_origin());
    Simulator::open(harness, &Opening { widget: Some(&widget), scenario, own_scenarios }).await
}

#[test]
fn the_faults_of_one_call_are_found_together() {
    check_faults(&[
        "completed-twice",
        "deprecated-type",
        "ended-twice",
        "internal-status",
        "message-id-twice",
        "mistyped-field",
        "not-started",
        "property-not-text",
        "recording-url-retired",
        "size-not-positive",
        "timestamp-missing",
        "unknown-type",
    ]);
}

#[test]
fn a_call_that_is_never_completed_is_found() {
    check_faults(&["never-completed"]);
}

#[test]
fn without_a_fault_the_check_finds_nothing() {
    run(async |harness| {
        let simulator = open(harness, "", Some("saved"), &[]).await;
        let selectors = Selectors::read(SELECTORS).unwrap();
        assert_eq!(simulator.finish(&selectors, LIMIT).await, Outcome::Passed);
        simulator.page().click("tab-messages").await;
        simulator.page().see("message-row").await;
        assert_eq!(findings(&simulator).await, Ok(BTreeSet::new()));
    });
}
