//! The minimal page and the README contain `early.js` inline.

/// The script without comments and white space.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    lines.flat_map(str::split_whitespace).collect()
}

#[test]
fn the_inline_scripts_equal_early_js() {
    let early = without_comments(include_str!("../early.js"));
    assert!(early.contains("callingExtensionsEarly"));
    let pages = [include_str!("../examples/minimal/index.html"), include_str!("../README.md")];
    for page in pages {
        assert!(without_comments(page).contains(&early), "{page}");
    }
}
