//! The program with a server that plays HubSpot's API. Neither the key nor the app id may be in what it prints.

#![allow(dead_code, clippy::unwrap_used, reason = "helpers of several tests, outside a `#[test]`")]

#[path = "../../../tests/api/mod.rs"]
pub mod api;

use api::{ACCESS_TOKEN, APP_ID, Api, DEVELOPER_KEY};
use serde_json::{Value, json};
use std::process::{Command, Output, Stdio};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_calling-settings");
pub const DEFAULTS: &str = r#"{"name": "Acme Phone", "url": "https://localhost:9025/", "width": 400, "height": 650,
    "supportsInboundCalling": true}"#;

/// The program without any of the variables that it reads, and without a terminal.
pub fn bare(line: &str) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(line.split_whitespace()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for variable in [
        "HUBSPOT_APP_ID",
        "HUBSPOT_DEVELOPER_KEY",
        "HUBSPOT_ACCESS_TOKEN",
        "CALLING_SETTINGS_DEFAULTS",
        "CALLING_SETTINGS_PROGRAM",
    ] {
        command.env_remove(variable);
    }
    command
}

pub fn command(api: &Api, line: &str) -> Command {
    let mut command = bare(line);
    command
        .args(["--base-url", &api.url])
        .env("HUBSPOT_APP_ID", APP_ID.to_string())
        .env("HUBSPOT_DEVELOPER_KEY", DEVELOPER_KEY)
        .env("CALLING_SETTINGS_DEFAULTS", DEFAULTS);
    command
}

pub struct Outcome {
    pub success: bool,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    #[track_caller]
    pub fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let outcome =
            Self { success: output.status.success(), stdout: text(output.stdout), stderr: text(output.stderr) };
        for printed in [&outcome.stdout, &outcome.stderr] {
            for secret in [DEVELOPER_KEY, ACCESS_TOKEN, &APP_ID.to_string()] {
                assert!(!printed.contains(secret), "a secret is printed: {printed}");
            }
        }
        outcome
    }

    #[track_caller]
    pub fn settings(&self) -> Value {
        assert!(self.success, "{}", self.stderr);
        serde_json::from_str(&self.stdout).unwrap()
    }

    #[track_caller]
    pub fn fails_with(&self, part: &str) {
        assert!(!self.success, "{}", self.stdout);
        assert!(self.stderr.contains(part), "{}", self.stderr);
        assert_eq!(self.stdout, "");
    }
}

#[track_caller]
pub fn run(api: &Api, line: &str) -> Outcome {
    Outcome::of(command(api, line).output().unwrap())
}

pub fn stored() -> Value {
    json!({"name": "Old", "url": "https://phone.example.com/", "width": 400, "height": 650, "isReady": false, "usesRemote": true})
}
