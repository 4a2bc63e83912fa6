/// A line of text with a selection in it, as a field has: places are counted in UTF-16 units, as the DOM does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    pub text: String,
    pub start: u32,
    pub end: u32,
}

impl Edit {
    /// `text` in place of the selection, the caret behind it.
    pub fn insert(&self, text: &str) -> Self {
        let (before, after) = self.around(self.start, self.end);
        let caret = units(&before) + units(text);
        Self { text: before + text + &after, start: caret, end: caret }
    }

    /// Without the selection, or without the character before the caret when nothing is selected.
    pub fn backspace(&self) -> Self {
        if self.start != self.end {
            return self.insert("");
        }
        let (mut before, after) = self.around(self.start, self.end);
        before.pop();
        let caret = units(&before);
        Self { text: before + &after, start: caret, end: caret }
    }

    /// What `normalize` makes of the text, the caret behind the same character as before. `None` when `normalize` refuses it.
    pub fn normalized(&self, normalize: fn(&str) -> Option<String>) -> Option<Self> {
        let text = normalize(&self.text)?;
        if text == self.text {
            return Some(self.clone());
        }
        let last = units(&text);
        let place = |place| normalize(&self.around(place, place).0).map_or(last, |before| units(&before).min(last));
        Some(Self { start: place(self.start), end: place(self.end), text })
    }

    /// Back to `earlier`, the text before this edit, with the caret where it was then.
    pub fn reverted(&self, earlier: &str) -> Self {
        let added = i64::from(units(&self.text)) - i64::from(units(earlier));
        let caret = (i64::from(self.end) - added).clamp(0, i64::from(units(earlier))) as u32;
        Self { text: earlier.to_owned(), start: caret, end: caret }
    }

    fn around(&self, start: u32, end: u32) -> (String, String) {
        let (mut before, mut after, mut at) = (String::new(), String::new(), 0);
        for character in self.text.chars() {
            if at < start {
                before.push(character);
            } else if at >= end {
                after.push(character);
            }
            at += character.len_utf16() as u32;
        }
        (before, after)
    }
}

fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

#[cfg(test)]
mod tests {
    use super::Edit;

    /// `text` with `[` and `]` around the selection, or `|` at the caret.
    fn edit(marked: &str) -> Edit {
        let place = |mark: &[char]| marked.find(mark).map_or(0, |at| marked[..at].encode_utf16().count() as u32);
        let start = place(&['|', '[']);
        let end = if marked.contains(']') { place(&[']']) - 1 } else { start };
        Edit { text: marked.replace(['|', '[', ']'], ""), start, end }
    }

    #[test]
    fn a_key_goes_where_the_caret_is() {
        for (before, key, after) in [
            ("+1|", "6", "+16|"),
            ("|+1", "6", "6|+1"),
            ("+1|17", "6", "+16|17"),
            ("+[161]7", "9", "+9|7"),
            ("[+1]", "*", "*|"),
            ("|", "#", "#|"),
        ] {
            assert_eq!(edit(before).insert(key), edit(after), "{before} and {key}");
        }
    }

    #[test]
    fn backspace_takes_the_selection_or_the_character_before_the_caret() {
        for (before, after) in [
            ("+16|", "+1|"),
            ("|+1", "|+1"),
            ("+1|6", "+|6"),
            ("+[16]17", "+|17"),
            ("[+1]", "|"),
            ("|", "|"),
            ("😀|1", "|1"),
        ] {
            assert_eq!(edit(before).backspace(), edit(after), "{before}");
        }
    }

    #[test]
    fn a_normalized_text_keeps_the_caret_behind_its_character() {
        let digits = |text: &str| {
            let all = text.chars().all(|character| character.is_ascii_digit() || "+() -".contains(character));
            all.then(|| text.replace(['(', ')', ' ', '-'], ""))
        };
        for (before, after) in [
            ("+1 (617) 555|-0100", Some("+1617555|0100")),
            ("+1617|", Some("+1617|")),
            ("6|-", Some("6|")),
            ("|(6)", Some("|6")),
            ("6a|", None),
        ] {
            assert_eq!(edit(before).normalized(digits), after.map(edit), "{before}");
        }
    }

    #[test]
    fn a_refused_edit_leaves_text_and_caret_as_they_were() {
        for (refused, earlier) in [("+1a|6", "+1|6"), ("abc|", "|"), ("a|", "+1|6"), ("+1😀|", "+1|")] {
            let expected = edit(earlier);
            let reverted = edit(refused).reverted(&expected.text);
            assert_eq!(reverted.text, expected.text, "{refused}");
            assert!(reverted.end <= expected.text.len() as u32, "{refused}");
        }
        assert_eq!(edit("+1a|6").reverted("+16"), edit("+1|6"));
    }
}
