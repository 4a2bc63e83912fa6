//! Accessibility violations that axe-core finds.

use crate::frame::Frame;
use serde_json::{Value, json};

/// The violations in the guest's current document, best practices included: each with its rule, help text and elements.
pub async fn violations(guest: &Frame<'_>) -> Vec<String> {
    let loaded = guest.run("return Boolean(window.axe);", vec![]).await;
    if loaded != json!(true) {
        let source = std::fs::read_to_string(crate::environment::node_modules().join("axe-core/axe.min.js"));
        let source = source.expect("axe-core is missing from the npm packages");
        // The driver injects it, because the Content-Security-Policy of the page allows only scripts of its own origin.
        guest.run(&source, vec![]).await;
    }
    // Without `runOnly` axe runs its default set, which includes best practices.
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
