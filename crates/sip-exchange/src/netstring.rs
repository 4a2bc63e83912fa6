//! Netstrings: `5:hello,`. The control of the phone sends JSON in them.

/// Wraps a text.
pub fn encode(text: &str) -> String {
    format!("{}:{text},", text.len())
}

/// Takes the first whole netstring out of what has been received; `None` while it is incomplete.
///
/// # Errors
/// When it does not begin with a netstring.
pub fn take(received: &mut Vec<u8>) -> Result<Option<Vec<u8>>, &'static str> {
    let Some(colon) = received.iter().position(|byte| *byte == b':') else {
        return if received.len() > 10 { Err("a length without an end") } else { Ok(None) };
    };
    let length = std::str::from_utf8(&received[..colon]).ok().and_then(|text| text.parse::<usize>().ok());
    let length = length.ok_or("a length that is no number")?;
    let end = colon + 1 + length;
    match received.get(end) {
        None => Ok(None),
        Some(b',') => {
            let text = received[colon + 1..end].to_vec();
            received.drain(..=end);
            Ok(Some(text))
        }
        Some(_) => Err("no comma at the end"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn netstrings_are_taken_one_by_one() {
        let mut received = [encode("{\"a\":1}"), encode("ü"), "3:ab".to_owned()].concat().into_bytes();
        assert_eq!(take(&mut received), Ok(Some(b"{\"a\":1}".to_vec())));
        assert_eq!(take(&mut received), Ok(Some("ü".as_bytes().to_vec())));
        assert_eq!(take(&mut received), Ok(None));
        received.extend(b"c,");
        assert_eq!(take(&mut received), Ok(Some(b"abc".to_vec())));
        assert!(received.is_empty());
    }

    #[test]
    fn what_is_no_netstring_is_an_error() {
        for text in ["x:abc,", "2:abc,", "12345678901234"] {
            assert!(take(&mut text.as_bytes().to_vec()).is_err(), "{text}");
        }
    }
}
