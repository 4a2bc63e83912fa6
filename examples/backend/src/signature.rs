//! HubSpot's signature of a request, version 3: HMAC-SHA256 over method, URL, body and time, keyed with the app's client secret.

use crate::secrets::Secret;
use axum::http::{HeaderMap, Method};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;

/// The header with the signature, in base64.
pub const SIGNATURE: &str = "x-hubspot-signature-v3";
/// The header with the time of the request, in milliseconds since 1970.
pub const TIMESTAMP: &str = "x-hubspot-request-timestamp";
/// How far the time of a request may be from ours, in milliseconds. HubSpot asks to reject older requests. What comes from the
/// future is rejected too: it could be repeated for longer.
pub const MAX_SKEW: u64 = 5 * 60 * 1000;

/// Why a request was not accepted as HubSpot's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// One of the two headers is absent, repeated or not readable.
    #[error("the request has no signature: HubSpot sends X-HubSpot-Signature-v3 and X-HubSpot-Request-Timestamp")]
    Missing,
    /// The request is too old, or the clock of one side is wrong.
    #[error("the time of the request differs from the server's by more than 5 minutes")]
    Time,
    /// Another secret, or the request was changed.
    #[error("the signature does not match: check the client secret and the public URL of this server")]
    Mismatch,
}

/// Checks the signature of a request.
///
/// `url` is the whole URL as HubSpot called it, from `https://` to the end of the query, with its encoding. `now` is in milliseconds since
/// 1970. The signature is compared in constant time.
///
/// # Errors
/// Why the request is not accepted.
pub fn verify(
    secret: &Secret,
    method: &Method,
    url: &str,
    headers: &HeaderMap,
    body: &[u8],
    now: u64,
) -> Result<(), SignatureError> {
    let timestamp = single(headers, TIMESTAMP)?;
    let signature = STANDARD.decode(single(headers, SIGNATURE)?).map_err(|_| SignatureError::Mismatch)?;
    let time: u64 = timestamp.parse().map_err(|_| SignatureError::Time)?;
    if now.abs_diff(time) > MAX_SKEW {
        return Err(SignatureError::Time);
    }
    let source = [method.as_str().as_bytes(), decoded(url).as_bytes(), body, timestamp.as_bytes()].concat();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.reveal().as_bytes());
    hmac::verify(&key, &source, &signature).map_err(|_| SignatureError::Mismatch)
}

fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, SignatureError> {
    let mut values = headers.get_all(name).iter();
    match (values.next().map(|value| value.to_str()), values.next()) {
        (Some(Ok(value)), None) if !value.is_empty() => Ok(value),
        _ => Err(SignatureError::Missing),
    }
}

/// The characters that HubSpot decodes before it signs: those of its documentation, and no others. A `%20` stays.
const DECODED: [(&str, char); 12] = [
    ("3A", ':'),
    ("2F", '/'),
    ("3F", '?'),
    ("40", '@'),
    ("21", '!'),
    ("24", '$'),
    ("27", '\''),
    ("28", '('),
    ("29", ')'),
    ("2A", '*'),
    ("2C", ','),
    ("3B", ';'),
];

/// The URL as HubSpot signs it. It is decoded once: `%253A` stays as it is.
fn decoded(url: &str) -> String {
    let mut result = String::with_capacity(url.len());
    let mut rest = url;
    while let Some(at) = rest.find('%') {
        result.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(1..3).unwrap_or_default();
        match DECODED.iter().find(|(encoded, _)| code.eq_ignore_ascii_case(encoded)) {
            Some((_, character)) => {
                result.push(*character);
                rest = &rest[3..];
            }
            None => {
                result.push('%');
                rest = &rest[1..];
            }
        }
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const SECRET: &str = "11111111-2222-3333-4444-555555555555";
    /// The time in all vectors.
    const NOW: u64 = 1_764_000_000_000;

    // Each signature is the output of openssl for the text that HubSpot signs, with the URL decoded by hand:
    //   printf '%s' "$TEXT" | openssl dgst -sha256 -hmac "$SECRET" -binary | base64
    struct Vector {
        method: &'static str,
        url: &'static str,
        body: &'static str,
        signature: &'static str,
    }

    const VECTORS: [Vector; 3] = [
        Vector {
            method: "POST",
            url: "https://voice.example.com/webhooks",
            body: r#"[{"eventId":1,"subscriptionType":"contact.creation","objectId":123}]"#,
            signature: "OGQF+EY6nk3lqkXglxu2otGIE9dtt5VP6hVd3NLG9nM=",
        },
        Vector {
            method: "GET",
            url: "https://voice.example.com/recordings/call-1/link?appId=101&externalAccountId=62515",
            body: "",
            signature: "zS5L+/5FtK7O6CkLxMgz2IaTnWg+4XQKWxh8l+rwaM8=",
        },
        Vector {
            method: "POST",
            url: "https://voice.example.com/webhooks?a=%3A%2f%3F%40%21%24%27%28%29%2A%2C%3B&b=%20%26%253A",
            body: r#"{"name":"Zoë"}"#,
            signature: "HJ3GRrdGsrcNXTY+nhAkU+m+6Cq4Jcmewp7fE67YxhY=",
        },
    ];

    fn headers(signature: &str, timestamp: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(SIGNATURE, HeaderValue::from_str(signature).unwrap());
        headers.insert(TIMESTAMP, HeaderValue::from_str(timestamp).unwrap());
        headers
    }

    fn check(vector: &Vector, secret: &str, headers: &HeaderMap, now: u64) -> Result<(), SignatureError> {
        let method = vector.method.parse().unwrap();
        verify(&Secret::new(secret), &method, vector.url, headers, vector.body.as_bytes(), now)
    }

    fn signed(vector: &Vector) -> HeaderMap {
        headers(vector.signature, &NOW.to_string())
    }

    #[test]
    fn the_signatures_of_openssl_are_accepted() {
        for vector in &VECTORS {
            assert_eq!(check(vector, SECRET, &signed(vector), NOW), Ok(()), "{}", vector.url);
        }
    }

    #[test]
    fn every_changed_part_is_rejected() {
        for (index, vector) in VECTORS.iter().enumerate() {
            let mismatch = |changed: Vector| {
                let headers = headers(vector.signature, &NOW.to_string());
                assert_eq!(check(&changed, SECRET, &headers, NOW), Err(SignatureError::Mismatch), "{}", changed.url);
            };
            mismatch(Vector { method: "PUT", ..*vector });
            mismatch(Vector { body: "[{}]", ..*vector });
            mismatch(Vector { url: "https://voice.example.com/", ..*vector });
            let next = &VECTORS[(index + 1) % VECTORS.len()];
            mismatch(Vector { url: next.url, method: next.method, body: next.body, ..*vector });
            assert_eq!(check(vector, "another", &signed(vector), NOW), Err(SignatureError::Mismatch));
            let another_time = headers(vector.signature, &(NOW + 1).to_string());
            assert_eq!(check(vector, SECRET, &another_time, NOW), Err(SignatureError::Mismatch));
        }
    }

    #[test]
    fn five_minutes_of_skew_are_accepted_in_both_directions() {
        let vector = &VECTORS[0];
        for now in [NOW - MAX_SKEW, NOW, NOW + MAX_SKEW] {
            assert_eq!(check(vector, SECRET, &signed(vector), now), Ok(()));
        }
        for now in [NOW - MAX_SKEW - 1, NOW + MAX_SKEW + 1, 0, u64::MAX] {
            assert_eq!(check(vector, SECRET, &signed(vector), now), Err(SignatureError::Time));
        }
    }

    #[test]
    fn what_is_missing_repeated_or_no_number_is_rejected() {
        let vector = &VECTORS[0];
        for name in [SIGNATURE, TIMESTAMP] {
            let mut without = signed(vector);
            without.remove(name);
            assert_eq!(check(vector, SECRET, &without, NOW), Err(SignatureError::Missing));
            let mut twice = signed(vector);
            twice.append(name, HeaderValue::from_static("x"));
            assert_eq!(check(vector, SECRET, &twice, NOW), Err(SignatureError::Missing));
            let mut empty = signed(vector);
            empty.insert(name, HeaderValue::from_static(""));
            assert_eq!(check(vector, SECRET, &empty, NOW), Err(SignatureError::Missing));
        }
        assert_eq!(check(vector, SECRET, &headers(vector.signature, "now"), NOW), Err(SignatureError::Time));
        assert_eq!(check(vector, SECRET, &headers("no base64!", &NOW.to_string()), NOW), Err(SignatureError::Mismatch));
    }

    #[test]
    fn only_the_documented_characters_are_decoded_and_only_once() {
        assert_eq!(decoded("%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B"), ":/?@!$'()*,;");
        assert_eq!(decoded("%3a%2f%3f%2a%2c%3b"), ":/?*,;");
        for kept in ["%20", "%25", "%26", "%3D", "%23", "%2B", "%C3%BC", "%253A", "%", "%3", "a%zz%", "%é", "?a=b&c"] {
            assert_eq!(decoded(kept), kept);
        }
    }
}
