//! Where the program gets the key and the app id from, and whom it sends the key to.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

mod common;

use common::api::{ACCESS_TOKEN, APP_ID, Api, DEVELOPER_KEY};
use common::{Outcome, bare, command, stored};

#[test]
fn without_a_terminal_the_missing_variable_is_named() {
    let api = Api::start();
    let outcome = command(&api, "show").env_remove("HUBSPOT_APP_ID").output();
    Outcome::of(outcome.unwrap()).fails_with("HUBSPOT_APP_ID is not set, and there is no terminal");
    let outcome = command(&api, "show").env("HUBSPOT_DEVELOPER_KEY", "  ").output();
    Outcome::of(outcome.unwrap()).fails_with("HUBSPOT_DEVELOPER_KEY is not set, and there is no terminal");
    let outcome = command(&api, "show --oauth").output();
    Outcome::of(outcome.unwrap()).fails_with("HUBSPOT_ACCESS_TOKEN is not set, and there is no terminal");
    let outcome = command(&api, "show").env("HUBSPOT_APP_ID", format!("{APP_ID}x")).output();
    Outcome::of(outcome.unwrap()).fails_with("the app id is not a number");
    assert!(api.seen().is_empty());
}

#[test]
fn the_key_and_the_app_id_cannot_be_options() {
    for option in ["--key", "--developer-key", "--hapikey", "--token", "--access-token", "--app-id", "--app"] {
        Outcome::of(bare(&format!("show {option} 1")).output().unwrap()).fails_with("unexpected argument");
    }
}

#[test]
fn an_access_token_takes_the_place_of_the_key() {
    let api = Api::start();
    api.store("", stored());
    let outcome =
        command(&api, "show").env_remove("HUBSPOT_DEVELOPER_KEY").env("HUBSPOT_ACCESS_TOKEN", ACCESS_TOKEN).output();
    Outcome::of(outcome.unwrap()).settings();
    assert_eq!(api.seen()[0].authorization, Some(format!("Bearer {ACCESS_TOKEN}")));
    let both = command(&api, "show").env("HUBSPOT_ACCESS_TOKEN", ACCESS_TOKEN).output();
    Outcome::of(both.unwrap()).fails_with("both set");
    let chosen = command(&api, "show --oauth").env("HUBSPOT_ACCESS_TOKEN", ACCESS_TOKEN).output();
    Outcome::of(chosen.unwrap()).settings();
    assert_eq!(api.seen()[1].query, None);
}

#[test]
fn an_address_that_would_send_the_key_unencrypted_is_refused() {
    for address in ["http://api.example.com", "api.example.com"] {
        for line in ["show", "show --dry-run"] {
            Outcome::of(bare(line).args(["--base-url", address]).output().unwrap())
                .fails_with("must be an https:// URL");
        }
    }
}

#[test]
fn a_proxy_does_not_see_the_key_of_a_local_request() {
    let (api, proxy) = (Api::start(), Api::start());
    api.store("", stored());
    let outcome = command(&api, "show").env("HTTP_PROXY", &proxy.url).env("http_proxy", &proxy.url).output();
    Outcome::of(outcome.unwrap()).settings();
    assert!(proxy.seen().is_empty());
}

/// The program in a terminal, where it asks.
#[cfg(unix)]
mod in_a_terminal {
    use super::*;
    use rexpect::session::{PtySession, spawn_command};
    use std::process::Command;

    fn start(mut command: Command) -> PtySession {
        command.env_remove("HUBSPOT_APP_ID").env_remove("HUBSPOT_DEVELOPER_KEY");
        // The terminal takes the place of the pipes.
        let mut in_terminal = Command::new(command.get_program());
        in_terminal.args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => in_terminal.env(name, value),
                None => in_terminal.env_remove(name),
            };
        }
        spawn_command(in_terminal, Some(60_000)).unwrap()
    }

    /// Answers the two questions, and returns all that the terminal shows from then on until `end`.
    fn answer_prompts(terminal: &mut PtySession, end: &str) -> String {
        terminal.exp_string("App id (not shown): ").unwrap();
        terminal.send_line(&APP_ID.to_string()).unwrap();
        let before_key = terminal.exp_string("Developer API key (not shown): ").unwrap();
        terminal.send_line(DEVELOPER_KEY).unwrap();
        before_key + &terminal.exp_string(end).unwrap()
    }

    #[test]
    fn the_app_id_and_the_key_are_asked_for_and_not_shown() {
        let api = Api::start();
        api.store("", stored());
        let mut terminal = start(command(&api, "show"));
        let shown = answer_prompts(&mut terminal, "\"name\": \"Old\"");
        assert!(!shown.contains(&APP_ID.to_string()) && !shown.contains(DEVELOPER_KEY), "{shown}");
        terminal.exp_eof().unwrap();
        assert_eq!(api.seen()[0].query, Some(format!("hapikey={DEVELOPER_KEY}")));
    }

    #[test]
    fn a_change_that_users_notice_waits_for_a_yes() {
        let api = Api::start();
        api.store("", stored());
        for (answer, expected) in [("no", "nothing was changed"), ("yes", "Updated the calling settings")] {
            let mut terminal = start(command(&api, "update --ready true"));
            answer_prompts(&mut terminal, "Type yes to go on: ");
            terminal.send_line(answer).unwrap();
            terminal.exp_string(expected).unwrap();
            terminal.exp_eof().unwrap();
        }
        assert_eq!(api.methods(), ["GET", "GET", "PATCH"]);
        assert_eq!(api.stored("").unwrap()["isReady"], true);
    }
}
