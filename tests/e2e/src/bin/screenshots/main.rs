//! The pictures of the README, taken from the release build: `cargo xtask screenshots` runs this. Every screen, light and
//! dark, and of each theme one picture that shows four screens side by side.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a tool of this repository: what it cannot do ends it, with the reason"
)]

use e2e::{Control, Host, Picture, json, run, tour};
use std::path::PathBuf;

const SIZE: (u32, u32) = (400, 650);

/// The screens of the tour that have a picture.
const SCREENS: [&str; 9] = [
    "login",
    "keypad",
    "from-number-menu",
    "availability-menu",
    "incoming-matches",
    "dialing",
    "calling",
    "calling-keypad",
    "call-ended",
];

/// The screens of the picture at the README's top, from left to right.
const OVERVIEW: [&str; 4] = ["keypad-with-number", "incoming-matches", "calling", "call-ended"];

const NOTES: &str = "Wants 40 seats instead of 25, from March.\nSend the offer by Friday.";

fn main() {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).expect("the folder for the pictures as an argument");
    std::fs::create_dir_all(&folder).expect("a folder for the pictures");
    for theme in ["light", "dark"] {
        let mut pictures = Vec::new();
        run(async |harness| {
            harness.prefer("prefers-color-scheme", theme).await;
            harness.prefer_language("en-US").await;
            let mut page = harness.widget();
            page.size = SIZE;
            let host = page.open(harness).await;
            host.initialized().await;
            pictures = take(&host).await;
        });
        for name in SCREENS {
            found(&pictures, name).write(&folder, &format!("{name}-{theme}.png"));
        }
        let overview = OVERVIEW.map(|name| found(&pictures, name));
        Picture::side_by_side(&overview).write(&folder, &format!("overview-{theme}.png"));
    }
}

async fn take(host: &Host<'_>) -> Vec<(String, Picture)> {
    let mut pictures = Vec::new();
    let mut look = async |screen: &str| {
        // The host may have set another size.
        let resize = "const frame = document.querySelector('iframe'); [frame.width, frame.height] = arguments;";
        host.run(resize, vec![json!(SIZE.0), json!(SIZE.1)]).await;
        let widget = host.guest();
        match screen {
            "login" => widget.click(Control::CloseNotice).await,
            "calling" => widget.type_into(Control::Notes, NOTES).await,
            _ => {}
        }
        widget.settle().await;
        pictures.push((screen.to_owned(), Picture::read(&widget.picture().await)));
    };
    tour::outbound(host, &mut look).await;
    host.guest().click(Control::LogOut).await;
    tour::inbound(host, &mut look).await;
    pictures
}

fn found<'a>(pictures: &'a [(String, Picture)], name: &str) -> &'a Picture {
    let picture = pictures.iter().find(|(screen, _)| screen == name);
    &picture.unwrap_or_else(|| panic!("the tour does not pass {name}")).1
}
