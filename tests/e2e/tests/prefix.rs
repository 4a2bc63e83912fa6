//! The built folder under a path, as on GitHub Pages: every page loads all of its files from there.

use e2e::{Control, Server, dist, run, target};
use std::path::PathBuf;

/// The release build below this path, served at another origin until the test ends.
async fn deployed(path: &str, test: &str) -> String {
    let root = target().join("e2e-prefix").join(test);
    let _ = std::fs::remove_dir_all(&root);
    let folder = root.join(path);
    copy(&dist(), &folder);
    format!("http://127.0.0.1:{}/{path}/", Server::folder(&root).await)
}

fn copy(from: &PathBuf, to: &PathBuf) {
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
        harness.page().see("main").await;
    });
}

#[test]
fn the_simulator_shows_the_widget_of_the_same_folder() {
    run(async |harness| {
        let site = deployed("some/prefix", "simulator").await;
        harness.driver().goto(format!("{site}simulator/?widget={site}")).await.expect("the page loads");
        harness.frame("iframe").see(Control::LogIn).await;
    });
}

#[test]
fn the_examples_load_under_a_path() {
    run(async |harness| {
        let site = deployed("some/prefix", "examples").await;
        harness.driver().goto(format!("{site}host/?guest={site}minimal/")).await.expect("the page loads");
        harness.page().see("#log li[data-type=READY]").await;
    });
}

#[test]
fn the_calling_window_leads_to_the_simulator_under_a_path() {
    run(async |harness| {
        let site = deployed("some/prefix", "window").await;
        let page = format!("{site}calling-integration-popup-ui/6125000/");
        harness.driver().goto(&page).await.expect("the page loads");
        e2e::until("the simulator's calling window", e2e::DEFAULT_TIMEOUT, async || {
            let url = harness.driver().current_url().await.map_err(|error| error.to_string())?;
            let is_simulator = url.as_str() == format!("{site}simulator/?role=window");
            is_simulator.then_some(()).ok_or_else(|| url.to_string())
        })
        .await;
        harness.page().see("body *").await;
    });
}
