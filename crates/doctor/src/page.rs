//! What a page loads, read from its HTML.

use html5gum::{Token, Tokenizer, emitters::default::DefaultEmitter};
use std::collections::BTreeSet;
use url::Url;

/// The links that make a browser load something.
const LOADING_RELS: [&str; 6] = ["stylesheet", "modulepreload", "preload", "icon", "manifest", "shortcut"];

/// What the HTML of a page names.
#[derive(Debug, Default, PartialEq)]
pub struct References {
    /// Everything that the page loads, whole addresses.
    pub loaded: BTreeSet<Url>,
    /// Whether some of it is named relative to the page's folder.
    pub relative: bool,
    /// The values of `frame-ancestors` in a `<meta>` element, where browsers ignore it.
    pub framing_in_meta: bool,
}

/// Reads the references of a page that has this address.
pub fn references(html: &str, address: &Url) -> References {
    let mut found = References::default();
    let mut base = address.clone();
    let mut emitter = DefaultEmitter::default();
    // The text in <script> and <style> is no HTML.
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        let Token::StartTag(tag) = token else { continue };
        let attribute = |name: &str| {
            let value = tag.attributes.iter().find(|(key, _)| ***key == *name.as_bytes());
            value.map(|(_, value)| String::from_utf8_lossy(value).trim().to_owned())
        };
        let loaded = match &**tag.name {
            b"base" => {
                if let Some(href) = attribute("href").and_then(|href| address.join(&href).ok()) {
                    base = href;
                }
                None
            }
            b"meta" => {
                let is_policy =
                    attribute("http-equiv").is_some_and(|it| it.eq_ignore_ascii_case("content-security-policy"));
                found.framing_in_meta |= is_policy
                    && attribute("content").is_some_and(|it| it.to_ascii_lowercase().contains("frame-ancestors"));
                None
            }
            b"link" => attribute("rel")
                .filter(|rel| {
                    rel.split_ascii_whitespace().any(|rel| LOADING_RELS.iter().any(|it| rel.eq_ignore_ascii_case(it)))
                })
                .and_then(|_| attribute("href")),
            b"script" | b"img" | b"iframe" | b"audio" | b"video" | b"source" | b"embed" => attribute("src"),
            _ => None,
        };
        let Some(reference) = loaded.filter(|it| !it.is_empty()) else { continue };
        let is_relative = Url::parse(&reference).is_err() && !reference.starts_with('/');
        if let Ok(url) = base.join(&reference)
            && matches!(url.scheme(), "http" | "https")
        {
            // With a <base> the address of the page does not matter.
            found.relative |= is_relative && base == *address;
            found.loaded.insert(url);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_loads_is_found() {
        let page = "<!doctype html><html><head><meta charset=utf-8>\
            <link rel=icon href=icon-1.svg><link rel='preload' as=fetch href='./app_bg.wasm'>\
            <link rel=canonical href=https://example.com/><link REL=\"StyleSheet\" HREF=\"/styles.css\">\
            <script src=https://cdn.example/app.js></script><script>let a = '<img src=no.png>';</script>\
            <!-- <script src=comment.js></script> --><img src='data:image/png;base64,AA'></head></html>";
        let found = references(page, &Url::parse("https://phone.example/widget/").unwrap());
        let urls: Vec<_> = found.loaded.iter().map(Url::as_str).collect();
        assert_eq!(
            urls,
            [
                "https://cdn.example/app.js",
                "https://phone.example/styles.css",
                "https://phone.example/widget/app_bg.wasm",
                "https://phone.example/widget/icon-1.svg",
            ]
        );
        assert!(found.relative && !found.framing_in_meta);
    }

    #[test]
    fn a_base_replaces_the_address_of_the_page() {
        let page = "<base href=/app/><script src=main.js></script>\
            <meta http-equiv=Content-Security-Policy content=\"default-src 'self'; frame-ancestors *\">";
        let found = references(page, &Url::parse("https://phone.example/widget").unwrap());
        assert_eq!(found.loaded.first().map(Url::as_str), Some("https://phone.example/app/main.js"));
        assert!(!found.relative && found.framing_in_meta);
    }
}
