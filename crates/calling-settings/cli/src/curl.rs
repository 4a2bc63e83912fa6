//! A request as a command for a POSIX shell. Variables stand for the app id and the key.

use calling_settings::{Request, Url};
use std::fmt::Write;

pub const APP_ID: &str = "HUBSPOT_APP_ID";
pub const DEVELOPER_KEY: &str = "HUBSPOT_DEVELOPER_KEY";
pub const ACCESS_TOKEN: &str = "HUBSPOT_ACCESS_TOKEN";

pub fn command(request: &Request, base_url: &Url, uses_token: bool) -> String {
    let base = escaped(base_url.as_str().trim_end_matches('/'));
    let query = if uses_token { String::new() } else { format!("?hapikey=${DEVELOPER_KEY}") };
    let path = request.path(&format!("${APP_ID}"));
    let mut line = format!("curl --request {} \"{base}{path}{query}\"", request.method().as_str());
    // Writing to a string cannot fail.
    if uses_token {
        let _ = write!(line, " \\\n  --header \"Authorization: Bearer ${ACCESS_TOKEN}\"");
    }
    if let Some(body) = request.body() {
        let _ = write!(
            line,
            " \\\n  --header 'Content-Type: application/json' \\\n  --data '{}'",
            body.replace('\'', r"'\''")
        );
    }
    line
}

/// For the inside of double quotes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '"' | '\\' | '$' | '`') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
