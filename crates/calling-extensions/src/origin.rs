//! Web origins, and which of them a widget accepts as its host. Origins are parsed and compared as a whole.

/// A web origin: scheme, host and port of a page served over http or https.
///
/// Case does not matter, and a default port may be written out. The opaque origin `null`, a user name and a host name that ends
/// with a dot are not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// As browsers serialize it: lower case, without a default port.
    text: String,
    /// The byte position of the host in `text`.
    host: usize,
}

impl Origin {
    /// Parses an origin such as `https://app.hubspot.com`. `None` when it is invalid or anything follows it, even `/`.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, default_port, rest) = split_scheme(text)?;
        let host_end = match rest.strip_prefix('[') {
            Some(inside) => position(inside, b"]")? + 2,
            None => position(rest, b":").unwrap_or(rest.len()),
        };
        let (host, port) = rest.split_at_checked(host_end)?;
        if !is_host(host) {
            return None;
        }
        let mut origin = String::from(scheme);
        origin.push_str(&host.to_ascii_lowercase());
        if !port.is_empty() {
            let digits = port.strip_prefix(':')?;
            if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            let number: u16 = digits.parse().ok()?;
            if number != default_port {
                origin.push(':');
                origin.push_str(&number.to_string());
            }
        }
        Some(Origin { text: origin, host: scheme.len() })
    }

    /// The origin of a URL. `None` when the URL is relative or does not use http or https.
    pub fn of_url(url: &str) -> Option<Self> {
        let (scheme, _, rest) = split_scheme(url)?;
        let end = position(rest, b"/\\?#").map_or(url.len(), |place| scheme.len() + place);
        Self::parse(url.get(..end)?)
    }

    /// The origin as browsers serialize it, for example for `postMessage`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the host is this computer: `localhost`, `127.0.0.1` or `[::1]`, with any port.
    pub fn is_loopback(&self) -> bool {
        let host = self.text.get(self.host..).unwrap_or_default();
        ["localhost", "127.0.0.1", "[::1]"]
            .iter()
            .any(|name| host.strip_prefix(name).is_some_and(|port| port.is_empty() || port.starts_with(':')))
    }

    /// Whether this is `https://app<domain>` or, for one of HubSpot's data centers, `https://app-<hublet><domain>`. A hublet is
    /// two letters followed by digits. `domain` begins with a dot.
    fn is_app_of(&self, domain: &str) -> bool {
        let Some(name) = self.text.strip_prefix("https://app").and_then(|rest| rest.strip_suffix(domain)) else {
            return false;
        };
        let Some(hublet) = name.strip_prefix('-') else { return name.is_empty() };
        let (Some(letters), Some(digits)) = (hublet.get(..2), hublet.get(2..)) else { return false };
        letters.bytes().all(|byte| byte.is_ascii_lowercase())
            && !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The scheme in lower case, its default port, and the rest of the text.
fn split_scheme(text: &str) -> Option<(&'static str, u16, &str)> {
    [("https://", 443), ("http://", 80)].into_iter().find_map(|(scheme, port)| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some((scheme, port, rest))
    })
}

/// The position of the first of these bytes. (`str::find` would add two kilobytes to the WebAssembly file.)
fn position(text: &str, wanted: &[u8]) -> Option<usize> {
    text.bytes().position(|byte| wanted.contains(&byte))
}

fn is_host(host: &str) -> bool {
    if let Some(inside) = host.strip_prefix('[') {
        return inside
            .strip_suffix(']')
            .is_some_and(|ip| !ip.is_empty() && ip.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':'));
    }
    !host.is_empty()
        && host.split('.').all(|label| !label.is_empty())
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
}

/// The text is not an origin.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an origin: it must consist of scheme, host and port only, such as https://crm.example.com")]
pub struct InvalidOrigin;

/// The origins that a widget accepts as its host. Messages from any other origin are ignored.
///
/// Always accepted are HubSpot's app in every data center (`https://app.hubspot.com`, `https://app-eu1.hubspot.com`, …), the
/// widget's own origin and, if the widget itself has a loopback origin, any loopback origin. Further origins are added in code, or
/// at build time with the environment variable `CALLING_EXTENSIONS_ORIGINS` (separated by spaces or commas). The page's address,
/// its storage and its messages never add an origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedOrigins {
    own: Option<Origin>,
    hubspot_qa: bool,
    further: Vec<Origin>,
}

impl AllowedOrigins {
    /// The default for a widget with this origin.
    pub fn for_widget_at(own: &str) -> Self {
        let built_in = option_env!("CALLING_EXTENSIONS_ORIGINS").unwrap_or_default();
        AllowedOrigins {
            own: Origin::parse(own),
            hubspot_qa: false,
            further: built_in.split([' ', ',']).filter_map(Origin::parse).collect(),
        }
    }

    /// Also accepts HubSpot's test system: `https://app.hubspotqa.com` and its data centers.
    pub fn with_hubspot_qa(mut self) -> Self {
        self.hubspot_qa = true;
        self
    }

    /// Also accepts this origin.
    ///
    /// # Errors
    /// [`InvalidOrigin`] when the text is not an origin.
    pub fn with_origin(mut self, origin: &str) -> Result<Self, InvalidOrigin> {
        self.further.push(Origin::parse(origin).ok_or(InvalidOrigin)?);
        Ok(self)
    }

    /// Whether a page of this origin is accepted as the host.
    pub fn allows(&self, origin: &Origin) -> bool {
        origin.is_app_of(".hubspot.com")
            || self.hubspot_qa && origin.is_app_of(".hubspotqa.com")
            || self.further.contains(origin)
            || self.own.as_ref().is_some_and(|own| own == origin || own.is_loopback() && origin.is_loopback())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(allowed: &AllowedOrigins, rows: &[(&str, bool)]) {
        for (text, expected) in rows {
            let found = Origin::parse(text).is_some_and(|origin| allowed.allows(&origin));
            assert_eq!(found, *expected, "{text:?}");
        }
    }

    #[test]
    fn by_default_only_hubspot_and_the_own_origin_are_allowed() {
        check(
            &AllowedOrigins::for_widget_at("https://widget.example"),
            &[
                ("https://app.hubspot.com", true),
                ("https://app-eu1.hubspot.com", true),
                ("https://app-na2.hubspot.com", true),
                ("https://app-ap12.hubspot.com", true),
                ("https://APP.hubspot.com", true),
                ("HTTPS://app.hubspot.com", true),
                ("https://app.hubspot.com:443", true),
                ("https://widget.example", true),
                ("http://widget.example", false),
                ("https://widget.example:8443", false),
                ("http://app.hubspot.com", false),
                ("http://app.hubspot.com:443", false),
                ("https://app.hubspot.com:444", false),
                ("https://app.hubspot.com:80", false),
                ("https://app.hubspot.com:", false),
                ("https://app.hubspot.com:+443", false),
                ("https://app.hubspot.com:65979", false),
                ("https://app.hubspot.com.", false),
                ("https://app.hubspot.com/", false),
                ("https://app.hubspot.com?", false),
                ("https://app.hubspot.com#", false),
                ("https://user@app.hubspot.com", false),
                ("https://app.hubspot.com:443@evil.example", false),
                ("https://evilapp.hubspot.com", false),
                ("https://app.hubspot.com.evil.example", false),
                ("https://evil.example/https://app.hubspot.com", false),
                ("https://evil.example#.hubspot.com", false),
                ("https://app.evilhubspot.com", false),
                ("https://apphubspot.com", false),
                ("https://app.hubspot.co", false),
                ("https://app.hubspot.com\u{0}", false),
                ("https://app\u{ff0e}hubspot.com", false),
                ("https://\u{0430}pp.hubspot.com", false),
                ("https://app-eu.hubspot.com", false),
                ("https://app-eu1x.hubspot.com", false),
                ("https://app-1eu.hubspot.com", false),
                ("https://app-euro1.hubspot.com", false),
                ("https://app-.hubspot.com", false),
                ("https://app-eu1.evil.hubspot.com", false),
                ("https://app--eu1.hubspot.com", false),
                ("https://app..hubspot.com", false),
                ("https://hubspot.com", false),
                ("https://www.hubspot.com", false),
                ("https://app.hubspotqa.com", false),
                (" https://app.hubspot.com", false),
                ("https:app.hubspot.com", false),
                ("wss://app.hubspot.com", false),
                ("file://", false),
                ("http://localhost:9025", false),
                ("https://127.0.0.1", false),
                ("null", false),
                ("*", false),
                ("", false),
            ],
        );
    }

    #[test]
    fn loopback_is_allowed_if_the_widget_has_a_loopback_origin() {
        for own in ["http://localhost:9025", "https://127.0.0.1:9025", "http://[::1]:9025"] {
            check(
                &AllowedOrigins::for_widget_at(own),
                &[
                    ("http://localhost", true),
                    ("https://localhost:1234", true),
                    ("http://127.0.0.1:8080", true),
                    ("http://[::1]:8080", true),
                    ("https://[::1]", true),
                    ("https://app.hubspot.com", true),
                    ("http://[::2]", false),
                    ("http://[::1", false),
                    ("http://[::1]x", false),
                    ("http://[]", false),
                    ("http://localhost.", false),
                    ("http://localhost.evil.example", false),
                    ("http://evil-localhost", false),
                    ("http://127.0.0.1.evil.example", false),
                    ("http://127.0.0.10", false),
                    ("http://192.168.0.1", false),
                    ("null", false),
                ],
            );
        }
    }

    #[test]
    fn further_origins_and_the_test_system_are_allowed_only_when_added() {
        let further =
            AllowedOrigins::for_widget_at("null").with_origin("https://crm.example:8443").unwrap().with_hubspot_qa();
        check(
            &further,
            &[
                ("https://crm.example:8443", true),
                ("https://CRM.example:08443", true),
                ("https://crm.example", false),
                ("https://x.crm.example:8443", false),
                ("https://app.hubspotqa.com", true),
                ("https://app-eu1.hubspotqa.com", true),
                ("http://app.hubspotqa.com", false),
                ("null", false),
            ],
        );
        for invalid in [
            "crm.example",
            "https://crm.example.",
            "https://.crm.example",
            "https://crm..example",
            "https://",
            "https://crm.example/",
            "*",
            "null",
            "",
        ] {
            assert!(AllowedOrigins::for_widget_at("null").with_origin(invalid).is_err(), "{invalid:?}");
        }
    }

    #[test]
    fn the_origin_of_a_url_is_the_part_before_its_path() {
        let rows = [
            ("https://app.hubspot.com/calls?x=https://evil.example", Some("https://app.hubspot.com")),
            ("https://app.hubspot.com", Some("https://app.hubspot.com")),
            ("http://localhost:9025/?a", Some("http://localhost:9025")),
            ("https://evil.example\\@app.hubspot.com", Some("https://evil.example")),
            ("https://evil.example#app.hubspot.com", Some("https://evil.example")),
            ("https://app.hubspot.com@evil.example/", None),
            ("javascript://app.hubspot.com/%0aalert(1)", None),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("/relative", None),
        ];
        for (url, origin) in rows {
            assert_eq!(Origin::of_url(url).as_ref().map(Origin::as_str), origin, "{url}");
        }
    }
}
