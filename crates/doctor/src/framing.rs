//! Whether HubSpot may show the page in a frame, and whether the page may use the microphone there.

use crate::{
    fetch::Answer,
    report::{Check, Finding},
};
use url::Url;

/// Where HubSpot runs: the first data center, and two of the others, whose names differ.
const HUBSPOT: [&str; 3] = ["https://app.hubspot.com", "https://app-eu1.hubspot.com", "https://app-na2.hubspot.com"];
const FRAME_ANCESTORS: &str = "frame-ancestors";
const SEND: &str = "send the header `Content-Security-Policy: frame-ancestors https://*.hubspot.com`";

/// The findings about the headers of the page.
pub fn findings(page: &Answer, framing_in_meta: bool) -> Vec<Finding> {
    let policies = policies(page);
    vec![
        frame_ancestors(page, &policies, framing_in_meta),
        x_frame_options(page, !policies.is_empty()),
        microphone(page),
    ]
}

/// The sources of each `frame-ancestors`. A page may have several policies, all of which apply.
fn policies(page: &Answer) -> Vec<Vec<String>> {
    let header = page.header("content-security-policy").unwrap_or_default();
    let directives = header.split(',').filter_map(|policy| {
        policy.split(';').find_map(|directive| {
            let mut words = directive.split_ascii_whitespace();
            // Of several in one policy the first applies.
            words.next()?.eq_ignore_ascii_case(FRAME_ANCESTORS).then(|| words.map(str::to_owned).collect())
        })
    });
    directives.collect()
}

fn frame_ancestors(page: &Answer, policies: &[Vec<String>], framing_in_meta: bool) -> Finding {
    if policies.is_empty() {
        let message = if framing_in_meta {
            "frame-ancestors is in a <meta> element, where browsers ignore it: any page can show the widget in a frame"
        } else {
            "there is no frame-ancestors: any page can show the widget in a frame and lay something over it"
        };
        return Finding::warning(Check::FrameAncestors, message, SEND);
    }
    for sources in policies {
        let blocked = HUBSPOT.iter().find(|origin| !sources.iter().any(|source| admits(source, origin, &page.url)));
        if let Some(origin) = blocked {
            let sources = sources.join(" ");
            return Finding::fault(
                Check::FrameAncestors,
                format!("`frame-ancestors {sources}` does not allow {origin}: HubSpot shows an empty frame there"),
                SEND,
            );
        }
    }
    let open = |source: &String| {
        let host = source.split_once("://").map_or(source.as_str(), |(_, host)| host);
        matches!(source.as_str(), "https:" | "http:") || host == "*" || host.starts_with("*:")
    };
    if let Some(sources) = policies.first().filter(|sources| policies.len() == 1 && sources.iter().any(open)) {
        return Finding::warning(
            Check::FrameAncestors,
            format!(
                "`frame-ancestors {}` allows other pages than HubSpot's to show the widget in a frame",
                sources.join(" ")
            ),
            SEND,
        );
    }
    Finding::ok(Check::FrameAncestors, "HubSpot may show the page in a frame, in all its data centers")
}

/// Whether a source of `frame-ancestors` matches an https origin without a port.
fn admits(source: &str, origin: &str, page: &Url) -> bool {
    let source = source.to_ascii_lowercase();
    let host = origin.trim_start_matches("https://");
    match source.as_str() {
        "*" | "https:" | "http:" => return true,
        "'self'" => return page.origin().ascii_serialization() == origin,
        _ => {}
    }
    let (scheme, rest) = source.split_once("://").unwrap_or(("https", &source));
    // A source with http also matches https.
    if !matches!(scheme, "https" | "http") {
        return false;
    }
    // Paths are not compared for frame-ancestors.
    let authority = rest.split('/').next().unwrap_or_default();
    let (name, port) = authority.split_once(':').unwrap_or((authority, "443"));
    if !matches!(port, "443" | "*") {
        return false;
    }
    match name.strip_prefix('*') {
        Some("") => true,
        Some(end) => end.starts_with('.') && host.ends_with(end) && host.len() > end.len(),
        None => name == host,
    }
}

fn x_frame_options(page: &Answer, has_frame_ancestors: bool) -> Finding {
    const REMOVE: &str = "remove X-Frame-Options; frame-ancestors takes its place";
    match page.header("x-frame-options") {
        None => Finding::ok(Check::XFrameOptions, "not sent"),
        // Browsers ignore it when there is frame-ancestors.
        Some(value) if has_frame_ancestors => Finding::warning(
            Check::XFrameOptions,
            format!("`X-Frame-Options: {value}` is sent beside frame-ancestors; old browsers and proxies obey it"),
            REMOVE,
        ),
        Some(value) => Finding::fault(
            Check::XFrameOptions,
            format!("`X-Frame-Options: {value}` forbids HubSpot to show the page in a frame, or is meaningless"),
            REMOVE,
        ),
    }
}

/// Reads `Permissions-Policy`. Without it the frame's own attribute decides.
fn microphone(page: &Answer) -> Finding {
    let policy = page.header("permissions-policy").unwrap_or_default();
    // A later directive replaces an earlier one.
    let directive = policy.split(',').rev().find_map(|directive| {
        let (name, list) = directive.split_once('=')?;
        (name.trim() == "microphone").then(|| list.trim().to_owned())
    });
    match directive {
        Some(list)
            if list != "*"
                && !list.trim_matches(['(', ')']).split_ascii_whitespace().any(|it| it == "self" || it == "*") =>
        {
            Finding::fault(
                Check::Microphone,
                format!(
                    "`Permissions-Policy: microphone={list}` forbids the page the microphone, whatever the user says"
                ),
                "write `microphone=(self)` there, or leave microphone out",
            )
        }
        Some(list) => Finding::ok(Check::Microphone, format!("allowed by `Permissions-Policy: microphone={list}`")),
        None => Finding::ok(Check::Microphone, "not forbidden by a Permissions-Policy"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::report::Status;
    use hyper::header::{HeaderMap, HeaderName};

    fn answer(headers: &[(&str, &str)]) -> Answer {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
        }
        Answer { url: Url::parse("https://phone.example/").unwrap(), status: 200, headers: map, body: Vec::new() }
    }

    #[test]
    fn frame_ancestors_are_understood_as_browsers_do() {
        for (policy, status) in [
            ("frame-ancestors https://*.hubspot.com", Status::Ok),
            ("frame-ancestors 'self' https://*.hubspot.com", Status::Ok),
            ("default-src 'self'; Frame-Ancestors *.hubspot.com", Status::Ok),
            (
                "frame-ancestors https://app.hubspot.com https://app-eu1.hubspot.com https://app-na2.hubspot.com:443",
                Status::Ok,
            ),
            ("frame-ancestors http://*.hubspot.com/", Status::Ok),
            ("frame-ancestors https://app.hubspot.com", Status::Fault),
            ("frame-ancestors https://*.hubspot.com:8443", Status::Fault),
            ("frame-ancestors https://hubspot.com", Status::Fault),
            ("frame-ancestors https://*.evilhubspot.com", Status::Fault),
            ("frame-ancestors wss://*.hubspot.com", Status::Fault),
            ("frame-ancestors 'self'", Status::Fault),
            ("frame-ancestors 'none'", Status::Fault),
            ("frame-ancestors", Status::Fault),
            ("frame-ancestors 'none'; frame-ancestors https://*.hubspot.com", Status::Fault),
            ("frame-ancestors https://*.hubspot.com, frame-ancestors 'none'", Status::Fault),
            ("frame-ancestors *", Status::Warning),
            ("frame-ancestors https:", Status::Warning),
            ("frame-ancestors https://*", Status::Warning),
            ("default-src 'self'", Status::Warning),
        ] {
            let page = answer(&[("content-security-policy", policy)]);
            let finding = frame_ancestors(&page, &policies(&page), false);
            assert_eq!(finding.status, status, "{policy}: {finding:?}");
        }
        let two =
            answer(&[("content-security-policy", "default-src *"), ("content-security-policy", "frame-ancestors *")]);
        assert_eq!(policies(&two), [["*"]]);
        let report_only = answer(&[("content-security-policy-report-only", "frame-ancestors 'none'")]);
        assert_eq!(policies(&report_only), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_policy_in_the_page_is_recognized_as_useless() {
        let finding = frame_ancestors(&answer(&[]), &[], true);
        assert!(finding.message.contains("<meta>"), "{finding:?}");
    }

    #[test]
    fn x_frame_options_is_a_fault_where_browsers_obey_it() {
        for value in ["DENY", "SAMEORIGIN", "ALLOW-FROM https://app.hubspot.com"] {
            let page = answer(&[("x-frame-options", value)]);
            assert_eq!(x_frame_options(&page, false).status, Status::Fault, "{value}");
            assert_eq!(x_frame_options(&page, true).status, Status::Warning, "{value}");
        }
        assert_eq!(x_frame_options(&answer(&[]), false).status, Status::Ok);
    }

    #[test]
    fn a_policy_that_forbids_the_microphone_is_a_fault() {
        for (policy, status) in [
            ("microphone=()", Status::Fault),
            ("camera=(self), microphone=(\"https://app.hubspot.com\")", Status::Fault),
            ("microphone=*, microphone=()", Status::Fault),
            ("microphone=(self)", Status::Ok),
            ("microphone=self", Status::Ok),
            ("camera=(), microphone=*", Status::Ok),
            ("camera=()", Status::Ok),
        ] {
            assert_eq!(microphone(&answer(&[("permissions-policy", policy)])).status, status, "{policy}");
        }
    }
}
