//! The widget with the features that its default build is without.

use crate::{browser, error::Result, process, project, published::Check, sip};

/// The features that are linted and tested apart. They add to the default build, so all at once will do.
const FEATURES: [&str; 2] = ["audio", sip::FEATURE];
/// The package whose features of the same name come with those of the widget.
const MODEL: &str = "call-model";

/// The features as arguments of cargo; empty when none of them is in the widget's manifest. What is compiled natively has them: the
/// lints and the tests, which then are more. Without them the widget is linted and tested for the browser.
pub fn arguments() -> Result<Vec<String>> {
    let widget = project::widget_package()?;
    Ok(project::features_among(&FEATURES)?.into_iter().map(|name| format!("--features={widget}/{name}")).collect())
}

/// Fetches what they are built with.
pub fn prepare() -> Result<()> {
    if project::features_among(&[sip::FEATURE])?.is_empty() {
        return Ok(());
    }
    browser::ensure_npm()?;
    sip::ensure()
}

/// Lints them for the browser. The lints of the workspace have them too: see [`arguments`].
pub fn clippy() -> Result<Vec<Check>> {
    let features = arguments()?;
    if features.is_empty() {
        return Ok(Vec::new());
    }
    let mut command = process::cargo();
    command.args(["clippy", "--all-targets", "--package", &project::widget_package()?, "--package", MODEL]);
    command.args(["--target", project::WASM_TARGET]).args(&features).args(["--", "-D", "warnings"]);
    Ok(vec![Check { name: "clippy with features for wasm".to_owned(), command }])
}

/// The arguments of `cargo test` for the tests in the browser that the features add or change.
pub fn browser_tests() -> Result<Option<Vec<String>>> {
    let features = arguments()?;
    if features.is_empty() {
        return Ok(None);
    }
    let package = ["--package".to_owned(), project::widget_package()?];
    let tests = ["--test", "media", "--test", "screens"].map(str::to_owned);
    Ok(Some(package.into_iter().chain(tests).chain(features).collect()))
}
