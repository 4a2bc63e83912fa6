//! HubSpot's signature of a request, version 3: HMAC-SHA256 over method, URL, body and time, keyed with the app's client secret.

use crate::store::now;
use crate::{App, Error};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::response::{IntoResponse, Response};
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;

/// The header with the signature, in base64.
pub const SIGNATURE: &str = "x-hubspot-signature-v3";
/// The header with the time of the request, in milliseconds since 1970.
pub const TIMESTAMP: &str = "x-hubspot-request-timestamp";
/// How far the time of a request may be from ours, in milliseconds. HubSpot asks to reject older requests. What comes from the
/// future is rejected too: it could be repeated for longer.
pub const MAX_SKEW: u64 = 5 * 60 * 1000;
/// The characters that HubSpot decodes before it signs: those of its documentation, and no others. A `%20` stays.
const DECODED: &str = ":/?@!$'()*,;";

/// The body of a request that HubSpot has signed. A handler with this argument gets no other requests.
pub(crate) struct Signed(pub Bytes);

impl FromRequest<App> for Signed {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (method, headers) = (request.method().clone(), request.headers().clone());
        // The URL that HubSpot has called: a proxy may have changed what arrives here.
        let url = format!("{}{}", app.settings.public_url, request.uri());
        let body = Bytes::from_request(request, app).await.map_err(IntoResponse::into_response)?;
        let verified = verify(&app.settings.client_secret, &method, &url, &headers, &body, now());
        verified.map(|()| Self(body)).map_err(|reason| Error::Unauthorized(reason).into_response())
    }
}

/// Checks the signature of a request, in constant time; the error says why it is not accepted.
///
/// `url` is the whole URL as HubSpot called it, from `https://` to the end of the query, with its encoding. `now` is in milliseconds since
/// 1970.
pub fn verify(
    secret: &str,
    method: &Method,
    url: &str,
    headers: &HeaderMap,
    body: &[u8],
    now: u64,
) -> Result<(), &'static str> {
    let mismatch = "the signature does not match: check the client secret and the public URL of this server";
    let header = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let (Some(signature), Some(timestamp)) = (header(SIGNATURE), header(TIMESTAMP)) else {
        return Err("HubSpot signs its requests with X-HubSpot-Signature-v3 and X-HubSpot-Request-Timestamp");
    };
    let signature = STANDARD.decode(signature).map_err(|_| mismatch)?;
    if timestamp.parse().map_or(true, |time: u64| now.abs_diff(time) > MAX_SKEW) {
        return Err("the time of the request differs from the server's by more than 5 minutes");
    }
    let source = [method.as_str().as_bytes(), decoded(url).as_bytes(), body, timestamp.as_bytes()].concat();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hmac::verify(&key, &source, &signature).map_err(|_| mismatch)
}

/// The URL as HubSpot signs it. No decoded character can be part of another code, so `%253A` stays as it is.
fn decoded(url: &str) -> String {
    DECODED.chars().fold(url.to_owned(), |url, character| {
        let (code, character) = (format!("%{:02X}", u32::from(character)), character.to_string());
        url.replace(&code, &character).replace(&code.to_lowercase(), &character)
    })
}
