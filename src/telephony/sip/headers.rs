//! What stands in headers of SIP messages, and the addresses of numbers.

/// A `Reason` header (RFC 3326): why a call was ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    protocol: String,
    cause: u16,
}

impl Reason {
    /// Reads a header. `None` when it names no cause. Of several reasons the first counts.
    pub fn parse(header: &str) -> Option<Self> {
        let mut parts = header.split(';').map(str::trim);
        let protocol = parts.next()?.to_owned();
        let cause = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            // The next reason begins after a comma.
            let value = value.split(',').next()?.trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("cause").then(|| value.parse().ok())?
        })?;
        Some(Reason { protocol, cause })
    }

    /// Whether it is one of these causes of a protocol.
    pub fn is(&self, protocol: &str, causes: &[u16]) -> bool {
        self.protocol.eq_ignore_ascii_case(protocol) && causes.contains(&self.cause)
    }
}

/// The address of a number at the host of the user's own address. A complete address stays as it is.
pub fn address(number: &str, own_uri: &str) -> String {
    if number.starts_with("sip:") || number.starts_with("sips:") {
        return number.to_owned();
    }
    // Spaces and brackets are for people.
    let user: String = number.chars().filter(|char| !matches!(char, ' ' | '(' | ')' | '-' | '/' | '.')).collect();
    // RFC 3261 does not allow it in a user part.
    let user = user.replace('#', "%23");
    format!("sip:{user}@{}", host(own_uri))
}

/// The host of an address, with its port, without parameters.
pub fn host(uri: &str) -> &str {
    let uri = uri.split_once(':').map_or(uri, |(_, rest)| rest);
    let uri = uri.split_once('@').map_or(uri, |(_, host)| host);
    uri.split([';', '?', '>']).next().unwrap_or(uri)
}

/// The number in the user part of an address or of a header with one. Absent when it is a name.
pub fn number(header: &str) -> Option<String> {
    let start = ["sip:", "sips:", "tel:"].into_iter().find_map(|scheme| Some(header.find(scheme)? + scheme.len()))?;
    let user = header[start..].split(['@', ';', '>', '?']).next()?;
    as_number(user)
}

/// A user part that is a number.
pub fn as_number(user: &str) -> Option<String> {
    let digits = user.strip_prefix('+').unwrap_or(user);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| user.to_owned())
}

/// Who calls: what the exchange has verified (RFC 3325), else what the caller's phone says.
pub fn caller(asserted_identity: Option<&str>, from_user: Option<&str>) -> String {
    asserted_identity.and_then(number).or_else(|| from_user.map(str::to_owned)).unwrap_or_default()
}

/// Which of the user's numbers is called: what the exchange says (RFC 7315), else the address that was called, else the
/// user's first number. Empty when nothing is known.
pub fn called(called_party: Option<&str>, to_user: Option<&str>, own_numbers: &[&str]) -> String {
    called_party
        .and_then(number)
        .or_else(|| to_user.and_then(as_number))
        .or_else(|| own_numbers.first().map(|&own| own.to_owned()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_a_protocol_and_a_cause() {
        for (header, expected) in [
            ("Q.850;cause=16;text=\"Terminated\"", Some(("Q.850", 16))),
            ("SIP ;cause=200 ;text=\"Call completed elsewhere\"", Some(("SIP", 200))),
            ("sip;text=\"a\";cause=\"486\"", Some(("sip", 486))),
            ("Q.850;cause=38, SIP;cause=503", Some(("Q.850", 38))),
            ("SIP", None),
            ("SIP;cause=many", None),
            ("", None),
        ] {
            let expected = expected.map(|(protocol, cause)| Reason { protocol: protocol.to_owned(), cause });
            assert_eq!(Reason::parse(header), expected, "{header}");
        }
    }

    #[test]
    fn a_number_is_called_at_the_own_host() {
        for (number, uri, expected) in [
            ("+16175550100", "sip:alice@example.com", "sip:+16175550100@example.com"),
            ("+1 (617) 555-0100", "sip:alice@example.com:5061;transport=ws", "sip:+16175550100@example.com:5061"),
            ("*31#", "alice@example.com", "sip:*31%23@example.com"),
            ("sip:desk@example.org", "sip:alice@example.com", "sip:desk@example.org"),
        ] {
            assert_eq!(address(number, uri), expected);
        }
    }

    #[test]
    fn the_caller_is_whom_the_exchange_has_verified() {
        let asserted = "\"Desk\" <sip:+16175550104@sip.test;user=phone>";
        assert_eq!(caller(Some(asserted), Some("desk")), "+16175550104");
        assert_eq!(caller(Some("<sip:desk@sip.test>"), Some("+1617")), "+1617");
        assert_eq!(caller(Some("<tel:+16175550104>"), None), "+16175550104");
        assert_eq!(caller(None, Some("desk")), "desk");
        assert_eq!(caller(None, None), "");
    }

    #[test]
    fn the_called_number_is_one_of_the_users() {
        let own = ["+16175550101"];
        assert_eq!(called(Some("<sip:+16175550102@sip.test>"), Some("+1"), &own), "+16175550102");
        assert_eq!(called(None, Some("+16175550103"), &own), "+16175550103");
        assert_eq!(called(None, Some("alice"), &own), "+16175550101");
        assert_eq!(called(None, None, &[]), "");
    }
}
