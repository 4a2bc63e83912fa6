//! The check of HubSpot's signature, with the signatures of another program.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use axum::http::{HeaderMap, HeaderValue, Request, request::Parts};
use backend::verify;
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;

const SIGNATURE: &str = "x-hubspot-signature-v3";
const TIMESTAMP: &str = "x-hubspot-request-timestamp";
const MAX_SKEW: u64 = 5 * 60 * 1000;
const MISMATCH: &str = "does not match";
const TIME: &str = "more than 5 minutes";
const MISSING: &str = "HubSpot signs";

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

fn request(method: &str, headers: &HeaderMap) -> Parts {
    let (mut parts, ()) = Request::builder().method(method).body(()).unwrap().into_parts();
    parts.headers = headers.clone();
    parts
}

fn check(vector: &Vector, secret: &str, headers: &HeaderMap, now: u64) -> Result<(), &'static str> {
    let part = |reason: &str| [MISMATCH, TIME, MISSING].into_iter().find(|part| reason.contains(part)).unwrap();
    let request = request(vector.method, headers);
    verify(secret, &request, vector.url, vector.body.as_bytes(), now).map_err(part)
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
            assert_eq!(check(&changed, SECRET, &headers, NOW), Err(MISMATCH), "{}", changed.url);
        };
        mismatch(Vector { method: "PUT", ..*vector });
        mismatch(Vector { body: "[{}]", ..*vector });
        mismatch(Vector { url: "https://voice.example.com/", ..*vector });
        let next = &VECTORS[(index + 1) % VECTORS.len()];
        mismatch(Vector { url: next.url, method: next.method, body: next.body, ..*vector });
        assert_eq!(check(vector, "another", &signed(vector), NOW), Err(MISMATCH));
        let another_time = headers(vector.signature, &(NOW + 1).to_string());
        assert_eq!(check(vector, SECRET, &another_time, NOW), Err(MISMATCH));
    }
}

#[test]
fn five_minutes_of_skew_are_accepted_in_both_directions() {
    let vector = &VECTORS[0];
    for now in [NOW - MAX_SKEW, NOW, NOW + MAX_SKEW] {
        assert_eq!(check(vector, SECRET, &signed(vector), now), Ok(()));
    }
    for now in [NOW - MAX_SKEW - 1, NOW + MAX_SKEW + 1, 0, u64::MAX] {
        assert_eq!(check(vector, SECRET, &signed(vector), now), Err(TIME));
    }
}

#[test]
fn what_is_missing_or_no_signature_is_rejected() {
    let vector = &VECTORS[0];
    for name in [SIGNATURE, TIMESTAMP] {
        let mut without = signed(vector);
        without.remove(name);
        assert_eq!(check(vector, SECRET, &without, NOW), Err(MISSING));
    }
    assert_eq!(check(vector, SECRET, &headers(vector.signature, "now"), NOW), Err(TIME));
    assert_eq!(check(vector, SECRET, &headers(vector.signature, ""), NOW), Err(TIME));
    assert_eq!(check(vector, SECRET, &headers("", &NOW.to_string()), NOW), Err(MISMATCH));
    assert_eq!(check(vector, SECRET, &headers("no base64!", &NOW.to_string()), NOW), Err(MISMATCH));
}

#[test]
fn only_the_documented_characters_are_decoded_and_only_once() {
    let is_signed_as = |url: &str, decoded: &str| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        let signature = STANDARD.encode(hmac::sign(&key, format!("GET{decoded}{NOW}").as_bytes()));
        let request = request("GET", &headers(&signature, &NOW.to_string()));
        verify(SECRET, &request, url, b"", NOW).is_ok()
    };
    for (url, decoded) in [("%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B", ":/?@!$'()*,;"), ("%3a%2f%3f%2a%2c%3b", ":/?*,;")] {
        assert!(is_signed_as(url, decoded), "{url}");
        assert!(!is_signed_as(url, url), "{url}");
    }
    for kept in ["%20", "%25", "%26", "%3D", "%23", "%2B", "%C3%BC", "%253A", "%", "%3", "a%zz%", "%é", "?a=b&c"] {
        assert!(is_signed_as(kept, kept), "{kept}");
    }
}
