//! Removes the key and the app id from what HubSpot answers: its messages may repeat them.

use crate::credentials::{AppId, HIDDEN, Secret};

/// The text without the key, and without the app id where it is a word of its own.
pub(crate) fn redact(text: &str, secret: &Secret, app_id: AppId) -> String {
    let text = text.replace(secret.expose(), HIDDEN);
    let id = app_id.get().to_string();
    let mut redacted = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(&id) {
        let (before, found) = rest.split_at(at);
        let after = &found[id.len()..];
        let is_in_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        // What precedes may have been moved to the result already.
        let previous = before.chars().next_back().or_else(|| redacted.chars().next_back());
        redacted.push_str(before);
        let is_whole = !is_in_word(previous) && !is_in_word(after.chars().next());
        redacted.push_str(if is_whole { HIDDEN } else { &id });
        rest = after;
    }
    redacted.push_str(rest);
    redacted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_and_the_id_are_removed_and_other_numbers_stay() {
        let secret = Secret::new("key-7").unwrap();
        let redacted = |text: &str| redact(text, &secret, AppId::new(47));
        assert_eq!(redacted("app 47: hapikey key-7 is wrong"), "app [hidden]: hapikey [hidden] is wrong");
        assert_eq!(redacted("147, 470, a47b, 4747"), "147, 470, a47b, 4747");
        assert_eq!(redacted("/calling/47/settings"), "/calling/[hidden]/settings");
        assert_eq!(redacted(""), "");
    }
}
