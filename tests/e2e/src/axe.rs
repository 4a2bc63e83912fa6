//! Accessibility, as axe-core sees it.

use crate::frame::Frame;
use serde_json::{Value, json};

/// What axe finds in the guest's frame as it is now, best practices included: the rule, the help text and
/// the elements of each violation.
pub async fn violations(guest: &Frame<'_>) -> Vec<String> {
    let loaded = guest.run("return Boolean(window.axe);", vec![]).await;
    if loaded != json!(true) {
        let source = std::fs::read_to_string(crate::environment::node_modules().join("axe-core/axe.min.js"));
        let source = source.expect("axe-core is missing from the npm packages");
        // The driver brings it in: the page's content policy allows no script that is not its own.
        guest.run(&source, vec![]).await;
    }
    // Without `runOnly` axe runs its whole default set, best practices among them.
    let found = guest
        .run(
            "return axe.run(document, {resultTypes: ['violations'], iframes: false}).then(result => result.violations.map(
               violation => `${violation.id}: ${violation.help}: ${violation.nodes.map(node => node.html).join(' | ')}`));",
            vec![],
        )
        .await;
    let found: &Vec<Value> = found.as_array().expect("axe answers with a list");
    found.iter().map(|violation| violation.as_str().unwrap_or_default().to_owned()).collect()
}
