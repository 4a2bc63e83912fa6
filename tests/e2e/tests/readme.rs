//! The guest and the host in the README of calling-extensions, as somebody would run them who copies them.

#![allow(clippy::expect_used, reason = "a test")]

use e2e::{GUEST, Server, run, target};

#[test]
fn the_guest_and_the_host_of_the_readme_make_a_call() {
    run(async |harness| {
        let site = target().join("readme/site");
        assert!(
            site.is_dir(),
            "{} is not a folder: run `cargo xtask test --only e2e`, which builds it",
            site.display()
        );
        let port = Server::folder(&site).await;
        // The pages have no icon.
        harness.expect_error("favicon.ico");
        harness.driver().goto(format!("http://127.0.0.1:{port}/host/")).await.expect("the page loads");
        let (page, widget) = (harness.page(), harness.frame(GUEST));
        page.see_text("#status", "The widget is ready").await;
        page.click("#call").await;
        widget.see_text("#status", "Calling +16175550123").await;
        widget.click("#hang-up").await;
        widget.see_text("#status", "Saved").await;
        page.see_text("#status", "Saved: Call from my widget").await;
    });
}
