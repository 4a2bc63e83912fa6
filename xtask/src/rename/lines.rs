//! The links of `docs/make-it-yours.md` to lines, which a rename moves.

use super::tree::Tree;

/// Where the list is.
const LIST: &str = "docs/make-it-yours.md";
const FOLDER: &str = "docs";

/// The number of the first line with this text.
pub fn line_with(text: &str, part: &str) -> Option<usize> {
    text.lines().position(|line| line.contains(part)).map(|index| index + 1)
}

/// Gives each link of the form ``[`text`](path#L1)`` the number of the first line with `text`.
pub fn renumber(tree: &mut Tree) {
    let Some(list) = tree.text(LIST) else { return };
    let mut changed = String::with_capacity(list.len());
    let mut rest = list;
    while let Some((before, after)) = rest.split_once("`](") {
        changed.push_str(before);
        changed.push_str("`](");
        let part = before.rsplit("[`").next().unwrap_or_default();
        rest = after;
        let Some((target, after)) = after.split_once(')') else { break };
        let Some((path, _)) = target.split_once("#L") else { continue };
        let file = path.strip_prefix("../").map_or_else(|| format!("{FOLDER}/{path}"), str::to_owned);
        if let Some(line) = tree.text(&file).and_then(|text| line_with(text, part)) {
            changed.push_str(&format!("{path}#L{line})"));
            rest = after;
        }
    }
    changed.push_str(rest);
    tree.set(LIST, changed);
}
