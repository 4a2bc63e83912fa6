//! The pages of the examples carry `early.js` inline.

/// Without comments and the spaces between words.
fn bare(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.flat_map(str::split_whitespace).collect()
}

#[test]
fn the_inline_script_is_early_js() {
    let early = bare(include_str!("../early.js"));
    assert!(early.contains("callingExtensionsEarly"));
    assert!(bare(include_str!("../examples/minimal/index.html")).contains(&early));
}
