//! The pictures of the simulator in the README, light and dark, taken from the release build: `cargo xtask screenshots` runs this.
#![allow(clippy::expect_used, reason = "a tool of this repository: what it cannot do ends it, with the reason")]

use e2e::{Control, Picture, run};
use std::path::PathBuf;

const SIZE: (u32, u32) = (1600, 1000);

const NOTES: &str = "Wants 40 seats instead of 25, from March.\nSend the offer by Friday.";

fn main() {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).expect("the folder for the pictures as an argument");
    std::fs::create_dir_all(&folder).expect("a folder for the pictures");
    for theme in ["light", "dark"] {
        in_a_call(theme).write(&folder, &format!("simulator-{theme}.png"));
    }
}

/// The simulator during a call.
fn in_a_call(theme: &str) -> Picture {
    let mut picture = None;
    run(async |harness| {
        harness.prefer("prefers-color-scheme", theme).await;
        harness.prefer_language("en-US").await;
        harness.driver().set_window_rect(0, 0, SIZE.0, SIZE.1).await.expect("a window of that size");
        let url = format!("http://127.0.0.1:{}/simulator/", harness.server.host_port);
        harness.driver().goto(url).await.expect("the simulator opens");
        let page = harness.page();
        page.click("record-phone-number").await;
        let widget = harness.frame("#hubspot-calling-extension-iframe");
        widget.click(Control::CloseNotice).await;
        widget.click(Control::LogIn).await;
        widget.click(Control::Call).await;
        widget.type_into(Control::Notes, NOTES).await;
        page.see("[data-test-id=message-row][data-type=CALL_ANSWERED]").await;
        page.settle().await;
        let png = harness.driver().screenshot_as_png().await.expect("a picture of the page");
        picture = Some(Picture::read(&png));
    });
    picture.expect("the simulator was seen")
}
