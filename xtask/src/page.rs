//! The page that trunk has made, with what it lacks: no script in the page itself, so that a strict content policy holds.

use crate::{
    error::{Error, Result, file},
    process,
};
use std::{fs, path::Path};

/// What wasm-bindgen calls the function that loads the wasm.
const LOADER: &str = "__wbg_init";
/// What trunk puts for a nonce, and replaces whenever it serves the page.
const NONCE: &str = "{{__TRUNK NONCE__}}";
/// Only in pages that trunk serves and reloads.
const RELOADER: &str = "{{__TRUNK_ADDRESS__}}";

/// Lets the module of a wasm file load it, so that the page needs no script to do so.
pub fn start_by_itself(wasm: &Path) -> Result<()> {
    let name = wasm.file_name().and_then(|name| name.to_str());
    let Some((name, stem)) = name.and_then(|name| Some((name, name.strip_suffix("_bg.wasm")?))) else {
        return Ok(());
    };
    let path = wasm.with_file_name(format!("{stem}.js"));
    let module = fs::read_to_string(&path).map_err(file("read", &path))?;
    match starting(&module, name) {
        Some(module) => process::write(&path, module.as_bytes()),
        None => Err(Error::Module(path)),
    }
}

/// Takes the nonces out of a page that no trunk will serve: one that stays the same protects nothing.
pub fn without_unused_nonce(path: &Path) -> Result<()> {
    let page = fs::read_to_string(path).map_err(file("read", path))?;
    if page.contains(RELOADER) || !page.contains(NONCE) {
        return Ok(());
    }
    process::write(path, without_nonce(&page).as_bytes())
}

fn starting(module: &str, wasm: &str) -> Option<String> {
    module
        .contains(LOADER)
        .then(|| format!("{module}\nawait {LOADER}({{ module_or_path: new URL(\"{wasm}\", import.meta.url) }});\n"))
}

fn without_nonce(page: &str) -> String {
    page.replace(&format!(" nonce=\"{NONCE}\""), "").replace(&format!(" 'nonce-{NONCE}'"), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_loads_the_wasm_that_lies_beside_it() {
        let module = "async function __wbg_init() {}\nexport { __wbg_init as default };";
        assert_eq!(
            starting(module, "app-1f_bg.wasm").unwrap(),
            format!(
                "{module}\nawait __wbg_init({{ module_or_path: new URL(\"app-1f_bg.wasm\", import.meta.url) }});\n"
            )
        );
        assert_eq!(starting("export default 1;", "app_bg.wasm"), None);
    }

    #[test]
    fn no_nonce_stays() {
        let page = "<meta content=\"script-src 'self' 'nonce-{{__TRUNK NONCE__}}'; img-src data:\"><style \
                    nonce=\"{{__TRUNK NONCE__}}\">a{}</style>";
        assert_eq!(without_nonce(page), "<meta content=\"script-src 'self'; img-src data:\"><style>a{}</style>");
    }
}
