//! Phone numbers as people type, paste and read them.
//!
//! A number is stored as it is dialled: an optional `+`, then digits, `*`, `#`, pauses (`,` and `;`) and an extension after
//! `x`. [`display`] formats it for people to read.

/// Why something cannot be dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotDialable {
    /// Fewer than three digits.
    TooShort,
    /// More digits than a number can have.
    TooLong,
    /// It contains a character that is on no keypad.
    NotANumber,
}

/// E.164 allows 15 digits after the `+`.
const MAX_INTERNATIONAL: usize = 15;
/// No national number, extension and pauses included, is longer.
const MAX_LENGTH: usize = 40;

/// The number that a text stands for, as it is dialled.
///
/// # Errors
/// Why it cannot be dialled.
pub fn dialable(text: &str) -> Result<String, NotDialable> {
    let number = normalize(text).ok_or(NotDialable::NotANumber)?;
    let main = number.split(['x', ',', ';']).next().unwrap_or_default();
    let digits = main.chars().filter(|&char| char != '+').count();
    if digits < 3 {
        Err(NotDialable::TooShort)
    } else if number.len() > MAX_LENGTH || (main.starts_with('+') && digits > MAX_INTERNATIONAL) {
        Err(NotDialable::TooLong)
    } else {
        Ok(number)
    }
}

/// What a text that is typed or pasted becomes in the field. `None` when it contains a character that is on no keypad: the
/// edit is then rejected.
pub fn normalize(text: &str) -> Option<String> {
    let text = text.trim();
    // A whole number that is pasted behind the initial country code replaces it.
    let text =
        text.rfind('+').map_or(text, |plus| if plus > 0 && text.starts_with('+') { &text[plus..] } else { text });
    // "+44 (0)20 …": the zero is dialled inside the country only.
    let national;
    let text = match text.split_once('(') {
        Some((before, after)) if text.starts_with('+') && after.starts_with("0)") => {
            national = [before, &after[2..]].concat();
            national.as_str()
        }
        _ => text,
    };
    let (text, extension) = split_extension(text)?;
    let mut number = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '+' if number.is_empty() => number.push('+'),
            '0'..='9' | '*' | '#' | ',' | ';' => number.push(char),
            // Common separators: spaces, the hyphens of Unicode, brackets, dots, slashes, and marks of the writing
            // direction.
            '('
            | ')'
            | '-'
            | '.'
            | '/'
            | '\u{2010}'..='\u{2015}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}' => {}
            _ if char.is_whitespace() => {}
            _ => return None,
        }
    }
    if let Some(extension) = extension {
        number.push('x');
        number.push_str(extension);
    }
    Some(number)
}

/// Splits "… x12", "… ext. 12" or "… ext12". `None` when it contains any other letters.
fn split_extension(text: &str) -> Option<(&str, Option<&str>)> {
    let Some(start) = text.find(|char: char| char.is_ascii_alphabetic()) else { return Some((text, None)) };
    let (number, tail) = text.split_at(start);
    let word_end = tail.find(|char: char| !char.is_ascii_alphabetic()).unwrap_or(tail.len());
    let (word, rest) = tail.split_at(word_end);
    let known = ["x", "ext", "extension"].iter().any(|known| word.eq_ignore_ascii_case(known));
    let digits = rest.trim_start_matches(['.', ':', ' ']);
    (known && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some((number, Some(digits)))
}

/// The number in groups of digits: `+1 (617) 555-1234`, `+44 20 7323 8299`.
pub fn display(number: &str) -> String {
    let end = number.find(|char: char| !char.is_ascii_digit() && char != '+').unwrap_or(number.len());
    let (main, tail) = number.split_at(end);
    let mut text = match main.strip_prefix('+') {
        Some(digits) => international(digits),
        None if main.len() == 10 => north_american(main),
        None => main.to_owned(),
    };
    match tail.strip_prefix('x') {
        Some(extension) => {
            text.push_str(" ext. ");
            text.push_str(extension);
        }
        None => text.push_str(tail),
    }
    text
}

fn international(digits: &str) -> String {
    let (country, rest) = digits.split_at(country_code_length(digits).min(digits.len()));
    let grouped = match (country, rest.len()) {
        ("1", 10) => north_american(rest),
        ("44", 10) if rest.starts_with('2') => grouped(rest, &[2, 4, 4]),
        ("44", 10) => grouped(rest, &[4, 6]),
        (_, length) => grouped(rest, pairs_and_threes(length)),
    };
    let mut text = String::from("+");
    text.push_str(country);
    if !grouped.is_empty() {
        text.push(' ');
        text.push_str(&grouped);
    }
    text
}

fn north_american(ten: &str) -> String {
    let mut text = String::from("(");
    text.push_str(&ten[..3]);
    text.push_str(") ");
    text.push_str(&ten[3..6]);
    text.push('-');
    text.push_str(&ten[6..]);
    text
}

/// How many digits the country code has: one for North America and Russia, three in some blocks, else two.
fn country_code_length(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..] => 2,
        [b'2', ..] => 3,
        [b'3', b'5' | b'7' | b'8', ..] | [b'4', b'2', ..] | [b'5', b'0' | b'9', ..] => 3,
        [b'6', b'7'..=b'9', ..] | [b'8', b'0' | b'5' | b'7' | b'8', ..] | [b'9', b'6' | b'7' | b'9', ..] => 3,
        _ => 2,
    }
}

fn pairs_and_threes(length: usize) -> &'static [usize] {
    match length {
        0..=4 => &[4],
        8 => &[4, 4],
        9 => &[3, 3, 3],
        10 => &[3, 3, 4],
        _ => &[3, 4, 4, 4],
    }
}

fn grouped(digits: &str, sizes: &[usize]) -> String {
    let mut text = String::new();
    let mut rest = digits;
    for &size in sizes {
        let (group, after) = rest.split_at(size.min(rest.len()));
        if !text.is_empty() && !group.is_empty() {
            text.push(' ');
        }
        text.push_str(group);
        rest = after;
    }
    // A caller's number may be longer than any that can be dialled.
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, NotDialable>) {
        assert_eq!(dialable(text), expected.map(str::to_owned), "{text:?}");
    }

    #[test]
    fn typed_and_pasted_numbers_are_normalized() {
        check("+1 (617) 555-1234", Ok("+16175551234"));
        check(" 617.555.1234 ", Ok("6175551234"));
        check("+44 (0)20 7323 8299", Ok("+442073238299"));
        check("+1+442073238299", Ok("+442073238299"));
        check("+1\u{a0}617\u{2011}555\u{2013}1234", Ok("+16175551234"));
        check("911", Ok("911"));
        check("*67#", Ok("*67#"));
        check("+16175551234,,12#", Ok("+16175551234,,12#"));
        check("+1 617 555 1234 ext. 12", Ok("+16175551234x12"));
        check("617-555-1234x12", Ok("6175551234x12"));
        check("+123456789012345", Ok("+123456789012345"));
        check(&"1".repeat(40), Ok(&"1".repeat(40)));
    }

    #[test]
    fn a_number_that_cannot_be_dialled_is_an_error_with_a_reason() {
        use NotDialable::*;
        check("", Err(TooShort));
        check("+1", Err(TooShort));
        check("+12", Err(TooShort));
        check("+1234567890123456", Err(TooLong));
        check(&"1".repeat(41), Err(TooLong));
        check("<b>617</b>", Err(NotANumber));
        check("n/a", Err(NotANumber));
        check("617 or 618", Err(NotANumber));
        check("1+2345", Err(NotANumber));
        check("٦١٧٥٥٥", Err(NotANumber));
    }

    #[test]
    fn display_groups_the_digits() {
        let rows = [
            ("+16175551234", "+1 (617) 555-1234"),
            ("6175551234", "(617) 555-1234"),
            ("+442073238299", "+44 20 7323 8299"),
            ("+447700900123", "+44 7700 900123"),
            ("+33123456789", "+33 123 456 789"),
            ("+353861234567", "+353 861 234 567"),
            ("+1617", "+1 617"),
            // Country codes of one to three digits, with numbers of all lengths.
            ("+79123456789", "+7 912 345 6789"),
            ("+201234567", "+20 123 4567"),
            ("+27821234567", "+27 821 234 567"),
            ("+254712345678", "+254 712 345 678"),
            ("+36301234567", "+36 301 234 567"),
            ("+37112345678", "+371 1234 5678"),
            ("+38050123", "+380 501 23"),
            ("+420123456", "+420 123 456"),
            ("+441234", "+44 1234"),
            ("+49301234567890", "+49 301 2345 6789 0"),
            ("+50212345678", "+502 1234 5678"),
            ("+5112345678", "+51 1234 5678"),
            ("+59812345678", "+598 1234 5678"),
            ("+6512345678", "+65 1234 5678"),
            ("+6701234567", "+670 123 4567"),
            ("+6901234567", "+690 123 4567"),
            ("+80012345678", "+800 1234 5678"),
            ("+8112345678", "+81 1234 5678"),
            ("+85212345678", "+852 1234 5678"),
            ("+87012345678", "+870 1234 5678"),
            ("+88012345678", "+880 1234 5678"),
            ("+9112345678", "+91 1234 5678"),
            ("+96612345678", "+966 1234 5678"),
            ("+97112345678", "+971 1234 5678"),
            ("+99212345678", "+992 1234 5678"),
            ("+1", "+1"),
            ("+", "+"),
            ("", ""),
            ("911", "911"),
            ("*67#", "*67#"),
            ("+16175551234x12", "+1 (617) 555-1234 ext. 12"),
            ("+442023829973238299", "+44 202 3829 9732 38299"),
        ];
        for (number, text) in rows {
            assert_eq!(display(number), text);
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    proptest::proptest! {
        #[test]
        fn no_text_causes_a_panic(text in "\\PC*") {
            let shown = display(&text);
            let _ = dialable(&shown);
            if let Ok(number) = dialable(&text) {
                proptest::prop_assert_eq!(dialable(&number), Ok(number.clone()));
                proptest::prop_assert_eq!(dialable(&display(&number)), Ok(number));
            }
        }

        #[test]
        fn a_displayed_number_is_read_as_the_same_number(number in "\\+?[0-9]{3,15}(x[0-9]{1,4})?") {
            proptest::prop_assert_eq!(dialable(&display(&number)), Ok(number));
        }
    }
}
