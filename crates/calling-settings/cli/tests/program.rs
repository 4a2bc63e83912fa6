//! The program itself: its commands, and what it says about errors.

mod common;

use common::api::{APP_ID, Api, DEVELOPER_KEY, Fault, rate_limit, refused};
use common::{Outcome, bare, command, run, stored};
use serde_json::json;
use std::process::Command;

#[test]
fn each_command_of_the_calling_settings() {
    let api = Api::start();
    let created = run(&api, "create --uses-remote true").settings();
    assert_eq!(
        (&created["name"], &created["usesRemote"], &created["isReady"]),
        (&json!("Acme Phone"), &json!(true), &json!(false))
    );
    assert_eq!(api.seen()[1].body.clone().unwrap()["supportsInboundCalling"], true, "from the defaults");
    let updated = run(&api, "update --width 500").settings();
    assert_eq!((&updated["width"], &updated["name"]), (&json!(500), &json!("Acme Phone")));
    assert_eq!(api.seen()[2].body, Some(json!({"width": 500})), "an update has no defaults");
    assert_eq!(run(&api, "show").settings(), updated);
    let deleted = run(&api, "delete --yes");
    assert!(deleted.success && deleted.stderr.contains("Deleted the calling settings"), "{}", deleted.stderr);
    assert_eq!(api.methods(), ["GET", "POST", "PATCH", "GET", "DELETE"]);
    run(&api, "show").fails_with("HubSpot has no calling settings for this app");
    run(&api, "delete --yes").fails_with("HubSpot has no calling settings for this app");
}

#[test]
fn each_command_of_the_settings_beside_them() {
    let api = Api::start();
    run(&api, "recording create --url https://a.example.com/%s").settings();
    run(&api, "recording update --url https://b.example.com/%s").settings();
    let shown = run(&api, "recording show").settings();
    assert_eq!(shown["urlToRetrieveAuthedRecording"], "https://b.example.com/%s");
    let again = run(&api, "recording create --url https://c.example.com/%s");
    assert_eq!(again.settings()["urlToRetrieveAuthedRecording"], "https://c.example.com/%s");
    assert!(again.stderr.contains("has recording settings already"), "{}", again.stderr);
    run(&api, "recording create --url https://a.example.com/").fails_with("no `%s`");
    run(&api, "recording delete").fails_with("unrecognized subcommand");

    run(&api, "channel-connection update --url https://a.example.com/n")
        .fails_with("channel-connection create --url URL");
    run(&api, "channel-connection create --url https://a.example.com/n").settings();
    assert_eq!(run(&api, "channel-connection update --ready true --yes").settings()["isReady"], true);
    assert_eq!(run(&api, "channel-connection show").settings()["url"], "https://a.example.com/n");
    assert!(run(&api, "channel-connection delete --yes").success);
    assert_eq!(api.stored("/channel-connection"), None);
}

#[test]
fn create_changes_existing_settings_by_the_given_options_alone_and_says_so() {
    let api = Api::start();
    api.store("", stored());
    let outcome = run(&api, "create --name New");
    assert_eq!(
        (&outcome.settings()["name"], &outcome.settings()["url"]),
        (&json!("New"), &json!("https://phone.example.com/"))
    );
    assert!(outcome.stderr.contains("has calling settings already"), "{}", outcome.stderr);
    assert_eq!(api.seen()[1].body, Some(json!({"name": "New"})), "the defaults do not replace what is stored");
    let outcome = run(&api, "create");
    assert_eq!(outcome.settings()["name"], "New");
    assert!(outcome.stderr.contains("Nothing was changed"), "{}", outcome.stderr);
    assert_eq!(api.methods(), ["GET", "PATCH", "GET"], "nothing is created where there is something");
}

#[test]
fn settings_that_appear_while_create_runs_are_changed() {
    let api = Api::start();
    api.store("", stored()).fail([refused(404, "OBJECT_NOT_FOUND", "not yet")]);
    let outcome = run(&api, "create --name New");
    assert_eq!(outcome.settings()["name"], "New");
    assert!(outcome.stderr.contains("has calling settings already"), "{}", outcome.stderr);
    assert_eq!(api.methods(), ["GET", "POST", "GET", "PATCH"]);
}

#[test]
fn update_on_nothing_says_how_to_create() {
    let api = Api::start();
    let outcome = command(&api, "update --width 500").env("CALLING_SETTINGS_PROGRAM", "cargo xtask settings").output();
    Outcome::of(outcome.unwrap()).fails_with("Create them: cargo xtask settings create --name NAME --url URL");
    run(&api, "update --ready true --yes").fails_with("There are no settings to change");
    assert_eq!((api.methods(), api.stored("")), (vec!["PATCH".to_owned(), "GET".to_owned()], None));
    run(&api, "update").fails_with("name at least one field");
}

#[test]
fn the_step_into_production_is_explained_and_needs_consent() {
    let api = Api::start();
    api.store("", stored());
    let outcome = run(&api, "update --ready true");
    outcome.fails_with("add --yes if you mean it");
    assert!(
        outcome.stderr.contains("every user of every account that installed the app sees it"),
        "{}",
        outcome.stderr
    );
    assert_eq!(api.stored("").unwrap()["isReady"], false);
    assert_eq!(run(&api, "update --ready true --yes").settings()["isReady"], true);
    let outcome = run(&api, "update --ready false");
    outcome.fails_with("add --yes");
    assert!(outcome.stderr.contains("users no longer see it"), "{}", outcome.stderr);
    run(&api, "create --ready false").fails_with("add --yes");
    assert_eq!(api.stored("").unwrap()["isReady"], true);
    assert_eq!(run(&api, "create --ready false --yes").settings()["isReady"], false);
    run(&api, "delete").fails_with("add --yes");
    assert!(api.stored("").is_some());
}

#[test]
fn a_widget_on_this_machine_is_not_put_into_production() {
    let api = Api::start();
    run(&api, "create --ready true --yes").fails_with("on your own machine");
    api.store("", json!({"name": "Acme", "url": "https://localhost:9025/", "isReady": false}));
    run(&api, "update --ready true --yes").fails_with("on your own machine");
    assert_eq!(api.methods(), ["GET"]);
    let outcome = run(&api, "update --ready true --yes --url https://phone.example.com/");
    assert_eq!(outcome.settings()["isReady"], true);
}

#[test]
fn missing_values_are_named_before_anything_is_asked_or_sent() {
    Outcome::of(bare("create").output().unwrap()).fails_with("--name is missing");
    Outcome::of(bare("create --name A --width 1 --height 1").output().unwrap()).fails_with("--url is missing");
    Outcome::of(bare("create --name A --url https://a.example/ --width 1").output().unwrap())
        .fails_with("--height is missing");
    for defaults in ["{name: 1}", r#"{"nmae": "A"}"#] {
        let broken = bare("create").env("CALLING_SETTINGS_DEFAULTS", defaults).output();
        Outcome::of(broken.unwrap()).fails_with("CALLING_SETTINGS_DEFAULTS is not the JSON");
    }
    Outcome::of(bare("update --url http://a.example/").output().unwrap()).fails_with("must start with https://");
}

#[test]
fn a_dry_run_sends_nothing_and_needs_no_key() {
    let api = Api::start();
    let outcome = run(&api, "create --dry-run --name It's");
    assert!(outcome.success, "{}", outcome.stderr);
    let url = format!("{}/crm/v3/extensions/calling/$HUBSPOT_APP_ID/settings?hapikey=$HUBSPOT_DEVELOPER_KEY", api.url);
    assert!(outcome.stdout.contains(&format!("curl --request POST \"{url}\"")), "{}", outcome.stdout);
    assert!(outcome.stdout.contains(&format!("curl --request PATCH \"{url}\"")), "{}", outcome.stdout);
    assert_eq!(outcome.stderr, "");
    for (line, warning) in [
        ("create", "users no longer see it"),
        ("channel-connection create --url https://a.example.com/n", "Users can no longer connect the phone numbers"),
    ] {
        let outcome = run(&api, &format!("{line} --ready false --dry-run"));
        assert!(outcome.success && outcome.stderr.contains(warning), "as without --dry-run: {}", outcome.stderr);
    }
    for line in ["show", "update --ready true", "delete", "recording show", "channel-connection delete"] {
        let outcome = Outcome::of(bare(&format!("{line} --dry-run --oauth")).output().unwrap());
        assert!(outcome.success, "{}", outcome.stderr);
        assert!(outcome.stdout.starts_with("curl --request "), "{}", outcome.stdout);
        assert!(outcome.stdout.contains("\"Authorization: Bearer $HUBSPOT_ACCESS_TOKEN\""), "{}", outcome.stdout);
        assert!(!outcome.stdout.contains("hapikey"), "{}", outcome.stdout);
    }
    assert!(api.seen().is_empty());
}

#[cfg(unix)]
#[test]
fn a_shell_reads_the_dry_run_as_the_same_request() {
    let api = Api::start();
    let name = r#"It's "$HOME" `id`\"#;
    let shown = Outcome::of(command(&api, "update --dry-run").args(["--name", name]).output().unwrap()).stdout;
    let script = format!("curl() {{ for word; do printf '%s\\n' \"$word\"; done; }}\n{shown}");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).env("HUBSPOT_APP_ID", APP_ID.to_string()).env("HUBSPOT_DEVELOPER_KEY", DEVELOPER_KEY);
    let words = String::from_utf8(shell.output().unwrap().stdout).unwrap();
    let expected = [
        "--request".to_owned(),
        "PATCH".to_owned(),
        format!("{}/crm/v3/extensions/calling/{APP_ID}/settings?hapikey={DEVELOPER_KEY}", api.url),
        "--header".to_owned(),
        "Content-Type: application/json".to_owned(),
        "--data".to_owned(),
        json!({"name": name}).to_string(),
    ];
    assert_eq!(words.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn each_error_is_explained() {
    let api = Api::start();
    let scope = json!({"message": "no", "category": "MISSING_SCOPES", "errors": [{"context": {"requiredScopes": ["developers-read"]}}]});
    let cases = [
        (refused(401, "INVALID_AUTHENTICATION", &format!("{DEVELOPER_KEY} is not a key")), "does not accept the key"),
        (Fault::Answer(403, Vec::new(), scope.to_string()), "lacks a scope (developers-read)"),
        (refused(404, "OBJECT_NOT_FOUND", &format!("app {APP_ID}")), "HubSpot has no calling settings"),
        (refused(409, "CONFLICT", "no"), "Update them instead"),
        (refused(400, "VALIDATION_ERROR", "odd"), "HubSpot refused the request: 400, \"odd\""),
        (rate_limit("DAILY", None), "midnight"),
        (rate_limit("SECONDLY", Some("600")), "wait 600 s"),
        (Fault::Garbled(200, "<html>Welcome</html>"), "is not the JSON that HubSpot documents: <html>Welcome</html>"),
        (
            Fault::Answer(302, vec![("location", "https://login.example.com/?next=1".into())], String::new()),
            "a redirect to login.example.com",
        ),
    ];
    for (fault, part) in cases {
        api.fail([fault]);
        run(&api, "show").fails_with(part);
    }
    api.fail([Fault::Hang]);
    run(&api, "show --timeout 0.3").fails_with("no answer within 0.3 s");
}

#[test]
fn waits_and_repetitions_are_reported() {
    let api = Api::start();
    api.store("", stored()).fail([
        rate_limit("SECONDLY", Some("1")),
        Fault::Answer(503, Vec::new(), "later".into()),
        Fault::Cut,
    ]);
    let outcome = run(&api, "show");
    assert_eq!(outcome.settings()["name"], "Old");
    assert!(
        outcome.stderr.contains("rate limit is reached") && outcome.stderr.contains("Trying again in 1.0 s"),
        "{}",
        outcome.stderr
    );
    assert_eq!(outcome.stderr.matches("Trying again").count(), 3, "{}", outcome.stderr);
}

#[test]
fn an_interrupted_update_can_be_run_again() {
    let api = Api::start();
    api.store("", stored()).fail([Fault::Hang]);
    let mut child = command(&api, "update --width 500 --height 700").spawn().unwrap();
    api.wait_for_requests(1);
    child.kill().unwrap();
    Outcome::of(child.wait_with_output().unwrap());
    let settings = run(&api, "update --width 500 --height 700").settings();
    assert_eq!((&settings["width"], &settings["height"], &settings["name"]), (&json!(500), &json!(700), &json!("Old")));
    assert_eq!(api.methods(), ["PATCH", "PATCH"]);
}

#[test]
fn an_interrupted_create_can_be_run_again() {
    let api = Api::start();
    api.fail([Fault::None, Fault::Hang]);
    let mut child = command(&api, "create --width 500").spawn().unwrap();
    api.wait_for_requests(2);
    child.kill().unwrap();
    Outcome::of(child.wait_with_output().unwrap());
    assert_eq!(run(&api, "create --width 500").settings()["width"], 500);
}
