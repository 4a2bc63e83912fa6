//! The files that the page loads: their types, their compression, and how long browsers keep them.

use crate::{
    address::is_loopback,
    fetch::Answer,
    report::{Check, Finding, count},
};
use url::Url;

/// Smaller files do not become smaller on the way.
const WORTH_COMPRESSING: usize = 1_000;
/// A file with a hash in its name may be kept at least so long, in seconds: 30 days.
const LONG: u64 = 30 * 24 * 60 * 60;
/// A file without may be used without asking at most so long, in seconds: an hour.
const SHORT: u64 = 60 * 60;

/// A file that the page loads, requested as a browser does, with compression.
pub struct Loaded {
    pub url: Url,
    /// The error is the reason why there is no answer.
    pub answer: Result<Answer, String>,
}

/// The findings about the page, requested with compression, and its files.
pub fn findings(page: &Answer, files: &[Loaded]) -> Vec<Finding> {
    let answers: Vec<_> =
        files.iter().filter_map(|file| file.answer.as_ref().ok()).filter(|it| it.status == 200).collect();
    [mime(files), compression(page, &answers), caching(page, &answers)].concat()
}

/// Which of these the page loads over http. Browsers block that in HubSpot's page, this machine's own addresses excepted.
pub fn mixed_content<'a>(loaded: impl IntoIterator<Item = &'a Url>) -> Finding {
    let insecure: Vec<_> = loaded.into_iter().filter(|url| url.scheme() == "http" && !is_loopback(url)).collect();
    match insecure.first() {
        None => Finding::ok(Check::MixedContent, "nothing is loaded over http"),
        Some(first) => Finding::fault(
            Check::MixedContent,
            format!("{} loaded over http, which browsers block in HubSpot's page: {first}", are(insecure.len())),
            "load everything over https, best with relative addresses",
        ),
    }
}

fn are(number: usize) -> String {
    format!("{} {}", count(number, "file"), if number == 1 { "is" } else { "are" })
}

/// The types that browsers accept for a file with this ending, the best first.
fn accepted_types(path: &str) -> &'static [&'static str] {
    match path.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default() {
        "js" | "mjs" => &["text/javascript", "application/javascript", "application/x-javascript"],
        "css" => &["text/css"],
        "wasm" => &["application/wasm"],
        "svg" => &["image/svg+xml"],
        "json" => &["application/json", "text/json"],
        "webmanifest" => &["application/manifest+json", "application/json"],
        "png" => &["image/png"],
        "ico" => &["image/x-icon", "image/vnd.microsoft.icon"],
        "woff2" => &["font/woff2"],
        "html" => &["text/html"],
        _ => &[],
    }
}

fn mime(files: &[Loaded]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut without_nosniff = 0;
    for Loaded { url, answer } in files {
        let answer = match answer {
            Ok(answer) if answer.status == 200 => answer,
            Ok(answer) => {
                let change = "deploy all files of a build together, and check the addresses in the page";
                let message = format!("{url} answers with status {}", answer.status);
                findings.push(Finding::fault(Check::Mime, message, change));
                continue;
            }
            Err(reason) => {
                let change = "check the address, and that its server can be reached";
                findings.push(Finding::fault(Check::Mime, format!("{url} cannot be loaded: {reason}"), change));
                continue;
            }
        };
        let accepted = accepted_types(url.path());
        let sent = answer.mime();
        if let Some(best) = accepted.first()
            && !sent.as_deref().is_some_and(|sent| accepted.contains(&sent))
        {
            let sent = sent.as_deref().unwrap_or("nothing");
            let consequence = match *best {
                "text/javascript" | "text/css" => "browsers refuse it",
                "application/wasm" => "it cannot start while it is loaded, and some widgets do not start at all",
                _ => "browsers may refuse it",
            };
            let message = format!("{url} is sent as {sent}: {consequence}");
            findings.push(Finding::fault(Check::Mime, message, format!("send it as {best}")));
        }
        without_nosniff +=
            usize::from(answer.header("x-content-type-options").is_none_or(|it| !it.contains("nosniff")));
    }
    if without_nosniff > 0 {
        findings.push(Finding::warning(
            Check::Mime,
            format!(
                "{} sent without X-Content-Type-Options, so a browser may guess another type",
                are(without_nosniff)
            ),
            "send `X-Content-Type-Options: nosniff` with all files",
        ));
    }
    if findings.is_empty() {
        findings.push(Finding::ok(Check::Mime, format!("{}, all with their types", count(files.len(), "file"))));
    }
    findings
}

fn compression(page: &Answer, files: &[&Answer]) -> Vec<Finding> {
    let is_text = |answer: &Answer| {
        let mime = answer.mime().unwrap_or_default();
        let by_name = ["js", "css", "wasm", "svg", "json", "html"];
        let ending = answer.url.path().rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
        mime.starts_with("text/") || by_name.contains(&ending)
    };
    let worth = |answer: &Answer| is_text(answer) && answer.body.len() >= WORTH_COMPRESSING;
    let encoded = |answer: &Answer| answer.header("content-encoding").is_some_and(|it| it != "identity");
    let plain: Vec<_> =
        [page].into_iter().chain(files.iter().copied()).filter(|it| worth(it) && !encoded(it)).collect();
    if plain.is_empty() {
        return vec![Finding::ok(Check::Compression, "all texts and programs are sent compressed")];
    }
    let bytes: usize = plain.iter().map(|answer| answer.body.len()).sum();
    let biggest = plain.iter().max_by_key(|answer| answer.body.len()).map(|answer| answer.url.as_str());
    vec![Finding::warning(
        Check::Compression,
        format!(
            "{} not compressed, {bytes} bytes in all; the biggest is {}",
            are(plain.len()),
            biggest.unwrap_or_default()
        ),
        "send html, js, css, svg, json and wasm with brotli or gzip; some servers leave out wasm unless it is named",
    )]
}

/// How long a browser uses a file without asking, in seconds. `None` when the server does not say it.
fn lifetime(answer: &Answer) -> Option<u64> {
    let value = answer.header("cache-control")?.to_ascii_lowercase();
    let directives: Vec<&str> = value.split(',').map(str::trim).collect();
    if directives.iter().any(|it| matches!(*it, "no-cache" | "no-store")) {
        return Some(0);
    }
    directives.iter().find_map(|it| it.strip_prefix("max-age=")?.trim_matches('"').parse().ok())
}

/// Whether a name contains a hash of the content, as bundlers write it: `app-6d0085c7cdfd276f_bg.wasm`, `main.3f2a1b9c.js`,
/// `index-BkD8s9aZ.js`.
fn is_hashed(url: &Url) -> bool {
    let name = url.path().rsplit('/').next().unwrap_or_default();
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.split(['-', '.']).skip(1).any(|part| {
        let is_hex = part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let digit = part.bytes().any(|byte| byte.is_ascii_digit());
        let upper = part.bytes().any(|byte| byte.is_ascii_uppercase());
        let word = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        part.len() >= 8 && (is_hex && digit || word && digit && upper)
    })
}

fn caching(page: &Answer, files: &[&Answer]) -> Vec<Finding> {
    let mut findings = Vec::new();
    match lifetime(page) {
        None => findings.push(Finding::warning(
            Check::Caching,
            "the page comes without Cache-Control, so each browser guesses how long it keeps it",
            "send `Cache-Control: no-cache` with the page",
        )),
        Some(seconds) if seconds > SHORT => findings.push(Finding::fault(
            Check::Caching,
            format!("browsers keep the page for {seconds} s: so long users do not get a new version"),
            "send `Cache-Control: no-cache` with the page",
        )),
        Some(_) => {}
    }
    let same_origin = files.iter().filter(|file| file.url.origin() == page.url.origin());
    let (hashed, others): (Vec<&Answer>, Vec<&Answer>) = same_origin.copied().partition(|file| is_hashed(&file.url));
    let short: Vec<_> = hashed.iter().filter(|file| lifetime(file).is_none_or(|seconds| seconds < LONG)).collect();
    if let Some(first) = short.first() {
        findings.push(Finding::warning(
            Check::Caching,
            format!(
                "{} not kept by browsers although a hash is in the name, for example {}",
                are(short.len()),
                first.url
            ),
            "send `Cache-Control: public, max-age=31536000, immutable` with them: another content has another name",
        ));
    }
    let long: Vec<_> = others.iter().filter(|file| lifetime(file).is_some_and(|seconds| seconds > SHORT)).collect();
    if let Some(first) = long.first() {
        findings.push(Finding::fault(
            Check::Caching,
            format!(
                "{} kept by browsers although no hash is in the name, for example {}: a new page may get an old file",
                are(long.len()),
                first.url
            ),
            "send `Cache-Control: no-cache` with them, or put a hash of the content in their names",
        ));
    }
    if findings.is_empty() {
        findings.push(Finding::ok(
            Check::Caching,
            "the page is always asked for, and files with a hash in their names are kept",
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn hashes_of_several_bundlers_are_recognized() {
        for (name, hashed) in [
            ("app-6d0085c7cdfd276f_bg.wasm", true),
            ("main.3f2a1b9c.js", true),
            ("main.3f2a1b9c.chunk.js", true),
            ("index-BkD8s9aZ.js", true),
            ("calling-window.js", false),
            ("jquery.min.js", false),
            ("app.js", false),
            ("service-worker.js", false),
            ("deadbeef.js", false),
            ("logo-20240101.png", true),
        ] {
            let url = Url::parse(&format!("https://a.example/x-12345678/{name}")).unwrap();
            assert_eq!(is_hashed(&url), hashed, "{name}");
        }
    }

    #[test]
    fn only_addresses_of_this_machine_may_use_http() {
        let urls = ["https://a.example/a.js", "http://localhost:9025/a.js"].map(|url| Url::parse(url).unwrap());
        assert_eq!(mixed_content(&urls).status, crate::report::Status::Ok);
        let urls = ["https://a.example/a.js", "http://a.example/b.js"].map(|url| Url::parse(url).unwrap());
        let finding = mixed_content(&urls);
        assert!(finding.message.starts_with("1 file is loaded") && finding.message.ends_with("b.js"), "{finding:?}");
    }
}
