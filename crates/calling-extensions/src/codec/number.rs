//! Conversion between numbers and text. Numbers that are sent as text are ids, milliseconds and phone numbers. The standard
//! library's conversion is exact for every fraction, but adds large tables to the WebAssembly file.

/// Parses digits with an optional minus sign and an optional fraction. `None` for anything else, an exponent included.
pub fn from_text(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    if whole.is_empty() || fraction.is_empty() {
        return None;
    }
    let number = whole_number(whole)?;
    let parts = whole_number(fraction)?;
    let scale = fraction.bytes().fold(1.0, |scale, _| scale * 10.0);
    Some(sign * (number + parts / scale))
}

fn whole_number(digits: &str) -> Option<f64> {
    digits.bytes().try_fold(0.0, |number, byte| byte.is_ascii_digit().then(|| number * 10.0 + f64::from(byte - b'0')))
}

/// The digits of an integer. `None` for a fraction, and for a number that needs more than 63 bits.
pub fn to_text(number: f64) -> Option<String> {
    let whole = number as i64;
    (whole as f64 == number && number.abs() < 9.2e18).then(|| whole.to_string())
}
