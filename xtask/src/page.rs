//! Makes a page that trunk has built load its program without an inline script, so that a strict Content-Security-Policy needs
//! no nonce. `trunk serve` needs none of this.

use crate::{
    error::{Error, Result, file},
    hosting::Policy,
    process, size,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What wasm-bindgen calls the functions before and after the loading of the wasm, and how it ends the module.
const IMPORTS: &str = "__wbg_get_imports";
const FINISH: &str = "__wbg_finalize_init";
const EXPORTS: &str = "export { initSync, __wbg_init as default };";
/// The placeholder for a nonce in our `Trunk.toml` files.
const NONCE: &str = "trunk-nonce";

/// Finishes all pages in a folder.
pub fn finish(folder: &Path) -> Result<()> {
    let policy = Policy::read()?;
    for html in files_named(folder, ".html")? {
        let page = fs::read_to_string(&html).map_err(file("read", &html))?;
        let finished = match with_module_script(&page) {
            Some((finished, module)) => {
                start_by_itself(&html.with_file_name(module))?;
                finished
            }
            None => page.clone(),
        };
        let finished = with_directives(&with_hashes(&finished), &policy.built_pages);
        let finished = without_nonce(&finished);
        if finished != page {
            process::write(&html, finished.as_bytes())?;
        }
    }
    Ok(())
}

/// The files in a folder, and in the folders in it, whose names end so.
pub fn files_named(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut files = size::files_in(folder)?;
    files.retain(|path| path.to_str().is_some_and(|path| path.ends_with(ending)));
    Ok(files)
}

/// The page with the module itself in the place of trunk's script that imports and starts it, and the module's address.
fn with_module_script(page: &str) -> Option<(String, &str)> {
    let import = page.find("import init")?;
    let start = page[..import].rfind("<script")?;
    let (script, after) = page[start..].split_once("</script>")?;
    let (_, module) = script.split_once(" from '")?;
    let (module, _) = module.split_once('\'')?;
    let finished = format!("{}<script type=\"module\" src=\"{module}\"></script>{after}", &page[..start]);
    Some((finished, module.trim_start_matches("./")))
}

/// Makes a module that wasm-bindgen has written load its program when it is loaded itself.
pub fn start_by_itself(path: &Path) -> Result<()> {
    let module = fs::read_to_string(path).map_err(file("read", path))?;
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    match starting(&module, &format!("{stem}_bg.wasm")) {
        Some(module) => process::write(path, module.as_bytes()),
        None => Err(Error::Module(path.to_owned())),
    }
}

/// Nobody imports the module, so its own loader, which serves every way of importing it, can be dropped where it is shrunk.
fn starting(module: &str, wasm: &str) -> Option<String> {
    let (module, _) = module.split_once(EXPORTS)?;
    if !module.contains(IMPORTS) || !module.contains(FINISH) {
        return None;
    }
    Some(format!(
        "{module}\
         const imports = {IMPORTS}();\n\
         const fetchProgram = () => fetch(new URL(\"{wasm}\", import.meta.url));\n\
         // A server that sends another content type costs the streaming, and no more.\n\
         const loaded = await WebAssembly.instantiateStreaming(fetchProgram(), imports)\n    \
             .catch(async () => WebAssembly.instantiate(await (await fetchProgram()).arrayBuffer(), imports));\n\
         {FINISH}(loaded.instance, loaded.module);\n"
    ))
}

/// Adds origins to those that the policy of a built page allows it to contact.
pub fn allow_contacts(html: &Path, origins: &[&str]) -> Result<()> {
    let page = fs::read_to_string(html).map_err(file("read", html))?;
    let allowed = with_contacts(&page, origins);
    let allowed = allowed.ok_or_else(|| Error::NoValue { what: "connect-src", path: html.to_owned() })?;
    process::write(html, allowed.as_bytes())
}

fn with_contacts(page: &str, origins: &[&str]) -> Option<String> {
    let (before, after) = page.split_once("connect-src 'self'")?;
    Some(format!("{before}connect-src 'self' {}{after}", origins.join(" ")))
}

/// The page with the hashes of its styles in the place of their nonce. Adjacent styles become one, which needs one hash.
fn with_hashes(page: &str) -> String {
    let mut page = page.to_owned();
    for style in ["<style nonce=\"trunk-nonce\">", "<style nonce=trunk-nonce>"] {
        page = page.replace(&format!("</style>{style}"), "").replace(style, "<style>");
    }
    let styles = page.split("<style>").skip(1).filter_map(|rest| rest.split_once("</style>"));
    let hashes: Vec<String> =
        styles.map(|(style, _)| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(style)))).collect();
    let sources = if hashes.is_empty() { "'none'".to_owned() } else { hashes.join(" ") };
    page.replace(&format!("style-src 'nonce-{NONCE}'"), &format!("style-src {sources}"))
}

/// The page with more directives in its policy. A page without a policy stays as it is.
fn with_directives(page: &str, directives: &[String]) -> String {
    match page.split_once("content=\"default-src ") {
        Some((before, policy)) => format!("{before}content=\"{}; default-src {policy}", directives.join("; ")),
        None => page.to_owned(),
    }
}

/// A nonce that stays the same protects nothing. Minified attributes have no quotes.
fn without_nonce(page: &str) -> String {
    [format!(" nonce=\"{NONCE}\""), format!(" nonce={NONCE}"), format!(" 'nonce-{NONCE}'")]
        .iter()
        .fold(page.to_owned(), |page, nonce| page.replace(nonce, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_loads_the_wasm_beside_it() {
        let functions = "function __wbg_get_imports() {}\nfunction __wbg_finalize_init(instance, module) {}\n";
        let module = format!("{functions}export {{ initSync, __wbg_init as default }};\n");
        let starting_module = starting(&module, "app-1f_bg.wasm").unwrap();
        assert!(starting_module.starts_with(functions), "{starting_module}");
        assert!(starting_module.contains("new URL(\"app-1f_bg.wasm\", import.meta.url)"), "{starting_module}");
        assert!(!starting_module.contains("export"), "{starting_module}");
        assert_eq!(starting("export default 1;", "app_bg.wasm"), None);
    }

    #[test]
    fn the_module_replaces_the_script_that_starts_it() {
        let page = "<script src=./early.js></script><script nonce=trunk-nonce type=module>import init, * as bindings from \
                    './app-1f.js';\nconst wasm = await init();</script><link href=./app-1f.js rel=modulepreload>";
        let (finished, module) = with_module_script(page).unwrap();
        assert_eq!(
            finished,
            "<script src=./early.js></script><script type=\"module\" src=\"./app-1f.js\"></script><link href=./app-1f.js \
             rel=modulepreload>"
        );
        assert_eq!(module, "app-1f.js");
        assert_eq!(with_module_script("<script src=./early.js></script>"), None);
    }

    #[test]
    fn origins_are_added_to_the_policy() {
        let page = "<meta content=\"style-src 'unsafe-inline'; connect-src 'self'; img-src 'self'\">";
        assert_eq!(
            with_contacts(page, &["wss://pbx.example.com", "https://api.example.com"]).as_deref(),
            Some(
                "<meta content=\"style-src 'unsafe-inline'; connect-src 'self' wss://pbx.example.com \
                 https://api.example.com; img-src 'self'\">"
            )
        );
        assert_eq!(with_contacts("<p>", &["wss://pbx.example.com"]), None);
    }

    #[test]
    fn the_styles_of_a_page_are_allowed_by_their_hash_alone() {
        let page = "<meta content=\"style-src 'nonce-trunk-nonce'; img-src data:\"><style nonce=trunk-nonce>a{}</style><style \
                    nonce=trunk-nonce>b{}</style>";
        // As `printf 'a{}b{}' | openssl dgst -sha256 -binary | base64` prints it.
        assert_eq!(
            with_hashes(page),
            "<meta content=\"style-src 'sha256-cR0WXeDFPUxoynVcPpDZ1iYEOmjKwa49ZNxsL/qKIpk='; img-src data:\"><style>a{}b{}</style>"
        );
        assert_eq!(
            with_hashes("<meta content=\"style-src 'nonce-trunk-nonce'\">"),
            "<meta content=\"style-src 'none'\">"
        );
    }

    #[test]
    fn directives_are_added_to_a_policy_and_to_nothing_else() {
        let more = ["trusted-types 'none'".to_owned()];
        let page = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; base-uri 'none'\"><title>";
        assert_eq!(
            with_directives(page, &more),
            "<meta http-equiv=Content-Security-Policy content=\"trusted-types 'none'; default-src 'none'; base-uri \
             'none'\"><title>"
        );
        assert_eq!(
            with_directives("<meta content=\"width=device-width\">", &more),
            "<meta content=\"width=device-width\">"
        );
    }

    #[test]
    fn no_nonce_stays() {
        let page = "<meta content=\"script-src 'self' 'nonce-trunk-nonce'; img-src data:\"><style nonce=\"trunk-nonce\">a{}\
                    </style><script nonce=trunk-nonce src=a.js></script>";
        assert_eq!(
            without_nonce(page),
            "<meta content=\"script-src 'self'; img-src data:\"><style>a{}</style><script src=a.js></script>"
        );
    }
}
