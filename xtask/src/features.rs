//! The widget with the features that its default build is without.

use crate::{browser, error::Result, process, project, published::Check, sip};
use std::process::Command;

/// The features that are linted and tested apart. They add to the default build, so all at once will do.
const FEATURES: [&str; 2] = ["audio", sip::FEATURE];
/// The package whose features of the same name come with those of the widget.
const MODEL: &str = "call-model";

/// The features as the widget has them; empty when none of them is in its manifest.
fn features() -> Result<Vec<String>> {
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

/// Lints them, natively and for the browser.
pub fn clippy() -> Result<Vec<Check>> {
    let features = features()?;
    if features.is_empty() {
        return Ok(Vec::new());
    }
    let check = |name: &str, arguments: &[&str]| -> Result<Check> {
        let mut command = process::cargo();
        command.args(["clippy", "--all-targets", "--package", &project::widget_package()?, "--package", MODEL]);
        command.args(arguments).args(&features).args(["--", "-D", "warnings"]);
        Ok(Check { name: name.to_owned(), command })
    };
    Ok(vec![
        check("clippy with features", &[])?,
        check("clippy with features for wasm", &["--target", project::WASM_TARGET])?,
    ])
}

/// The tests of what the features add, which need no browser, and the examples in the documentation.
pub fn native_tests() -> Result<Option<Command>> {
    let features = features()?;
    let mut command = process::cargo();
    command.args(["test", "--no-fail-fast", "--package", &project::widget_package()?, "--package", MODEL]);
    command.args(&features);
    Ok((!features.is_empty()).then_some(command))
}

/// The arguments of `cargo test` for the tests in the browser that the features add or change.
pub fn browser_tests() -> Result<Option<Vec<String>>> {
    let features = features()?;
    if features.is_empty() {
        return Ok(None);
    }
    let package = ["--package".to_owned(), project::widget_package()?];
    let tests = ["--test", "media", "--test", "screens"].map(str::to_owned);
    Ok(Some(package.into_iter().chain(tests).chain(features).collect()))
}
