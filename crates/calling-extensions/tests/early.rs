//! The minimal page contains `early.js` inline.

/// The script without comments and white space.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.flat_map(str::split_whitespace).collect()
}

#[test]
fn the_inline_script_equals_early_js() {
    let early = without_comments(include_str!("../early.js"));
    assert!(early.contains("callingExtensionsEarly"));
    assert!(without_comments(include_str!("../examples/minimal/index.html")).contains(&early));
}
