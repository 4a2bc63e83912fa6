//! What assistive technology gets of each screen, as files to read in `tests/e2e/snapshots/accessibility`.

use e2e::{Control, ONE_PROCESS, Setting, Snapshots, TOUR_LIMIT, run_in, tour};
use std::cell::RefCell;

#[test]
fn the_accessibility_tree_of_each_screen_is_the_one_in_its_file() {
    let setting = Setting { browser_flags: &[ONE_PROCESS], limit: TOUR_LIMIT, ..Setting::default() };
    run_in(setting, async |harness| {
        let snapshots = RefCell::new(Snapshots::new("accessibility", "cargo xtask snapshots"));
        harness.ring_on().await;
        // Every host page has its frame under the same id.
        let host = harness.widget().open(harness).await;
        let widget = host.guest();
        let look = async |screen: &str| {
            let tree = widget.accessibility_tree().await;
            snapshots.borrow_mut().check(screen, &tree);
        };
        host.initialized().await;
        tour::outbound(&host, look).await;
        widget.click(Control::LogOut).await;
        tour::inbound(&host, look).await;
        tour::stored_states(&host, look).await;
        let remote = harness.widget().remote().open(harness).await;
        remote.initialized().await;
        tour::remote_frame(&remote, look).await;
        widget.click(Control::LogOut).await;
        tour::slow_log_in(harness, look).await;

        harness.driver().goto(format!("{}/", harness.guest_origin())).await.unwrap();
        let page = harness.page();
        page.see_text("[role=status]", harness.texts().no_frame).await;
        let tree = page.accessibility_tree().await;
        // <simulator>
        let tree = without(&tree, &harness.texts().in_simulator);
        // </simulator>
        snapshots.borrow_mut().check("standalone", &tree);
        snapshots.into_inner().finish();
    });
}

// <simulator>
/// The tree without these texts, so that a project without the simulator has the same.
fn without(tree: &str, texts: &[&str]) -> String {
    let is_left_out = |line: &str| texts.iter().any(|text| line.ends_with(&format!(" \"{}\"", text.trim())));
    tree.lines().filter(|line| !is_left_out(line)).flat_map(|line| [line, "\n"]).collect()
}
// </simulator>
