//! Texts: origins and phone numbers.

use call_model::phone_number;
use calling_extensions::origin::{AllowedOrigins, Origin};
use fuzz_driver::Shape;
use url::Url;

const WIDGET: &str = "https://widget.example";
const LOCAL_WIDGET: &str = "http://localhost:9025";

/// Compares what is accepted as an origin with what a browser makes of the same text.
///
/// # Panics
/// When an accepted origin is not the one that a browser sees.
pub fn origin(data: &[u8]) -> Shape {
    let text = String::from_utf8_lossy(data);
    let (parsed, of_url) = (Origin::parse(&text), Origin::of_url(&text));
    if let Some(origin) = &parsed {
        assert_eq!(Origin::parse(origin.as_str()).as_ref(), Some(origin), "{text:?}");
        assert_eq!(of_url.as_ref(), Some(origin), "an origin is a URL of itself: {text:?}");
    }
    let browser =
        Url::parse(&text).ok().map(|url| (url.origin().ascii_serialization(), url.domain().map(str::to_owned)));
    let mut accepted = Vec::new();
    for widget in [WIDGET, LOCAL_WIDGET] {
        let allowed = AllowedOrigins::for_widget_at(widget);
        for origin in [&parsed, &of_url].into_iter().flatten() {
            accepted.push(allowed.allows(origin));
            if !allowed.allows(origin) {
                continue;
            }
            let (seen, domain) = browser.clone().unwrap_or_default();
            assert_eq!(seen, origin.as_str(), "a browser sees another origin in {text:?}");
            let is_hubspot = domain.as_deref().is_some_and(|name| {
                let app = name.strip_suffix(".hubspot.com").unwrap_or_default();
                app == "app" || app.starts_with("app-") && !app.contains('.')
            });
            let is_local = seen.contains("//localhost") || seen.contains("//127.0.0.1") || seen.contains("//[::1]");
            assert!(
                is_hubspot || seen == widget || is_local && widget == LOCAL_WIDGET,
                "{seen} is accepted by {widget}"
            );
        }
    }
    let schemes = text.split(':').next().map(str::len);
    Shape::of(&(parsed.map(|it| it.as_str().len()), of_url.is_some(), browser.map(|it| it.0.len()), accepted, schemes))
}

/// What is normalized stays as it is when it is normalized again, and what is displayed is the same number.
///
/// # Panics
/// When that does not hold.
pub fn phone_number(data: &[u8]) -> Shape {
    let text = String::from_utf8_lossy(data);
    // A browser limits what is typed into a field; HubSpot can send any text.
    let normalized = phone_number::normalize(&text);
    if let Some(number) = &normalized {
        assert_eq!(phone_number::normalize(number).as_ref(), Some(number), "{text:?}");
        let shown = phone_number::display(number);
        assert_eq!(phone_number::normalize(&shown).as_ref(), Some(number), "{text:?} is displayed as {shown:?}");
    }
    let dialable = phone_number::dialable(&text);
    if let Ok(number) = &dialable {
        assert_eq!(Ok(number), phone_number::dialable(number).as_ref(), "{text:?}");
        assert!(number.len() <= 40 && number.is_ascii(), "{text:?}");
    }
    phone_number::display(&text);
    let kinds = normalized.as_ref().map(|number| {
        let count = |wanted: fn(char) -> bool| number.chars().filter(|char| wanted(*char)).count().min(20);
        (count(|char| char.is_ascii_digit()), number.starts_with('+'), count(|char| ",;*#x".contains(char)))
    });
    Shape::of(&(kinds, dialable.err().map(|error| format!("{error:?}"))))
}
