//! The address: https, redirects, and the slash at its end.

use crate::{
    fetch::{Answer, Chain},
    page::References,
    report::{Check, Finding, count},
};
use url::Url;

/// Whether the host is this computer.
pub fn is_loopback(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// The findings about the way to the page.
pub fn findings(url: &Url, chain: &Chain) -> Vec<Finding> {
    vec![reachable(chain), https(url), redirects(url, chain)]
}

fn reachable(chain: &Chain) -> Finding {
    let page = &chain.page;
    let mime = page.mime();
    if page.status != 200 {
        Finding::fault(
            Check::Reachable,
            format!("{} answers with status {}", page.url, page.status),
            "check the address, and that the server has the built files",
        )
    } else if !matches!(mime.as_deref(), Some("text/html" | "application/xhtml+xml")) {
        let mime = mime.unwrap_or_else(|| "no type".to_owned());
        Finding::fault(
            Check::Reachable,
            format!("{} is sent as {mime}, so a browser shows no page", page.url),
            "send the page as text/html",
        )
    } else {
        Finding::ok(Check::Reachable, format!("{} answers with a page", page.url))
    }
}

fn https(url: &Url) -> Finding {
    match url.scheme() {
        "https" => Finding::ok(Check::Https, "the address begins with https"),
        _ if is_loopback(url) => Finding::warning(
            Check::Https,
            "the address begins with http; browsers accept that in HubSpot's page for this machine alone",
            "serve users with https",
        ),
        _ => Finding::fault(
            Check::Https,
            "the address begins with http: HubSpot is on https, and browsers block the frame",
            "serve the widget with https, and register that address",
        ),
    }
}

fn redirects(url: &Url, chain: &Chain) -> Finding {
    let last = &chain.page.url;
    let mut hops = chain.redirects.iter().map(|answer| &answer.url).chain([last]);
    if chain.redirects.is_empty() {
        return Finding::ok(Check::Redirects, "none");
    }
    let register = format!("register {last} with HubSpot");
    if url.scheme() == "https" && hops.any(|hop| hop.scheme() == "http") {
        let message = "the way to the page leads over http: browsers block that in HubSpot's page";
        return Finding::fault(Check::Redirects, message, format!("redirect to https addresses alone, and {register}"));
    }
    if last.origin() != url.origin() {
        return Finding::fault(
            Check::Redirects,
            format!(
                "it redirects to another origin, {last}: HubSpot's messages go to the registered one and do not arrive"
            ),
            register,
        );
    }
    Finding::warning(
        Check::Redirects,
        format!(
            "{} before the page, each a round trip whenever the frame loads",
            count(chain.redirects.len(), "redirect")
        ),
        register,
    )
}

/// The same address with, or without, the slash at its end. `None` where there is only one form.
pub fn other_form(page: &Url) -> Option<Url> {
    let path = page.path();
    let mut other = page.clone();
    match path.strip_suffix('/') {
        Some("") => return None,
        Some(without) => other.set_path(without),
        // A file.
        None if path.rsplit('/').next().is_some_and(|name| name.contains('.')) => return None,
        None => other.set_path(&format!("{path}/")),
    }
    Some(other)
}

/// The finding about the form of the address that was not asked for. `other` is the server's answer to it.
pub fn trailing_slash(page: &Url, other: Option<&Answer>, references: &References) -> Finding {
    let Some(other) = other else {
        return Finding::ok(Check::TrailingSlash, "the address has only one form");
    };
    let (with, without) = if page.path().ends_with('/') { (page, &other.url) } else { (&other.url, page) };
    match other.redirect() {
        Some(target) if target == *page => {
            Finding::ok(Check::TrailingSlash, format!("{} redirects to the page", other.url))
        }
        Some(target) => Finding::warning(
            Check::TrailingSlash,
            format!("{} redirects to {target}, not to {page}", other.url),
            format!("let it redirect to {page}"),
        ),
        None if other.status == 200 && references.relative => Finding::warning(
            Check::TrailingSlash,
            format!(
                "the page answers at {with} and at {without}, and its files have relative addresses: at one they are not found"
            ),
            format!("redirect {without} to {with}"),
        ),
        None if other.status == 200 => Finding::ok(Check::TrailingSlash, format!("{with} and {without} both work")),
        None => Finding::ok(Check::TrailingSlash, format!("{} answers with status {}", other.url, other.status)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::report::Status;

    #[test]
    fn an_address_has_two_forms_unless_it_is_a_file_or_the_root() {
        for (url, other) in [
            ("https://a.example/", None),
            ("https://a.example/index.html", None),
            ("https://a.example/phone/", Some("https://a.example/phone")),
            ("https://a.example/v1.2/phone", Some("https://a.example/v1.2/phone/")),
        ] {
            let found = other_form(&Url::parse(url).unwrap());
            assert_eq!(found.as_ref().map(Url::as_str), other, "{url}");
        }
    }

    #[test]
    fn only_this_machine_may_use_http() {
        for (url, status) in [
            ("https://phone.example/", Status::Ok),
            ("http://localhost:9025/", Status::Warning),
            ("http://127.0.0.1/", Status::Warning),
            ("http://[::1]:9025/", Status::Warning),
            ("http://phone.example/", Status::Fault),
            ("http://localhost.example/", Status::Fault),
        ] {
            assert_eq!(https(&Url::parse(url).unwrap()).status, status, "{url}");
        }
    }
}
