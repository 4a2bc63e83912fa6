//! The built folder under a path, as on GitHub Pages: every page loads all of its files from there.

#![allow(clippy::expect_used, reason = "a test")]

use e2e::{Control, GUEST, Server, dist, run, target};
use std::path::Path;

/// The release build below this path, served at another origin until the test ends.
async fn deployed(path: &str, test: &str) -> String {
    let root = target().join("e2e-prefix").join(test);
    let _ = std::fs::remove_dir_all(&root);
    let folder = root.join(path);
    copy(&dist(), &folder);
    format!("http://127.0.0.1:{}/{path}/", Server::folder(&root).await)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder of the site");
    for entry in std::fs::read_dir(from).expect("the release build") {
        let path = entry.expect("an entry of the release build").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

#[test]
fn the_widget_starts_under_a_path() {
    run(async |harness| {
        let site = deployed("some/prefix", "widget").await;
        harness.driver().goto(&site).await.expect("the page loads");
        harness.page().see(Control::LogIn).await;
    });
}

#[test]
fn the_simulator_opens_the_widget_of_its_folder() {
    run(async |harness| {
        let site = deployed("some/prefix", "simulator").await;
        harness.driver().set_window_rect(0, 0, 1280, 860).await.expect("the window has that size");
        harness.driver().goto(format!("{site}simulator/")).await.expect("the page loads");
        harness.page().click("record-phone-number").await;
        harness.page().see("[data-test-id=message-row][data-type=DIAL_NUMBER]").await;
        harness.frame(GUEST).see(Control::LogIn).await;
        let source = harness.page().see(GUEST).await.prop("src").await.expect("the frame's address");
        // The other name of this machine, so that the widget has another origin.
        assert_eq!(source, Some(site.replace("127.0.0.1", "localhost")));
    });
}

#[test]
fn the_example_pages_shake_hands_under_a_path() {
    run(async |harness| {
        let site = deployed("some/prefix", "examples").await;
        harness.driver().goto(format!("{site}host/?guest={site}minimal/")).await.expect("the page loads");
        harness.page().see_log(1, "event", "READY").await;
    });
}

#[test]
fn the_calling_window_leads_to_the_simulator_under_a_path() {
    run(async |harness| {
        let site = deployed("some/prefix", "window").await;
        let page = format!("{site}calling-integration-popup-ui/6125000/");
        harness.driver().goto(&page).await.expect("the page loads");
        harness.page().see(".calling-window").await;
        let url = harness.driver().current_url().await.expect("the page has an address");
        assert_eq!(url.as_str(), format!("{site}simulator/?role=window"));
    });
}
