//! The page that trunk has made, with what it lacks: no script in the page itself, so that a strict content policy holds.

use crate::{
    error::{Error, Result, file},
    process, size,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What wasm-bindgen calls the functions before and after the loading of the wasm, and how it ends the module.
const IMPORTS: &str = "__wbg_get_imports";
const FINISH: &str = "__wbg_finalize_init";
const EXPORTS: &str = "export { initSync, __wbg_init as default };";
/// What trunk puts for a nonce, and replaces whenever it serves the page.
const NONCE: &str = "{{__TRUNK NONCE__}}";
/// Only in pages that trunk serves and reloads.
const RELOADER: &str = "{{__TRUNK_ADDRESS__}}";

/// Lets the modules in a folder load their wasm, so that their pages need no script to do so.
pub fn start_modules_by_themselves(folder: &Path) -> Result<()> {
    files_named(folder, ".wasm")?.iter().try_for_each(|wasm| start_by_itself(wasm))
}

/// The files in a folder, and in the folders in it, whose names end so.
pub fn files_named(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut files = size::files_in(folder)?;
    files.retain(|path| path.to_str().is_some_and(|path| path.ends_with(ending)));
    Ok(files)
}

fn start_by_itself(wasm: &Path) -> Result<()> {
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

/// Nobody imports the module, so its own loader, which serves every way of importing it, can be dropped where it is shrunk.
fn starting(module: &str, wasm: &str) -> Option<String> {
    let (module, _) = module.split_once(EXPORTS)?;
    if !module.contains(IMPORTS) || !module.contains(FINISH) {
        return None;
    }
    Some(format!(
        "{module}\
         const imports = {IMPORTS}();\n\
         const load = () => fetch(new URL(\"{wasm}\", import.meta.url));\n\
         // A server that does not know what wasm is costs the streaming, and no more.\n\
         const loaded = await WebAssembly.instantiateStreaming(load(), imports)\n    \
             .catch(async () => WebAssembly.instantiate(await (await load()).arrayBuffer(), imports));\n\
         {FINISH}(loaded.instance, loaded.module);\n"
    ))
}

fn without_nonce(page: &str) -> String {
    page.replace(&format!(" nonce=\"{NONCE}\""), "").replace(&format!(" 'nonce-{NONCE}'"), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_loads_the_wasm_that_lies_beside_it() {
        let functions = "function __wbg_get_imports() {}\nfunction __wbg_finalize_init(instance, module) {}\n";
        let module = format!("{functions}export {{ initSync, __wbg_init as default }};\n");
        let starting_module = starting(&module, "app-1f_bg.wasm").unwrap();
        assert!(starting_module.starts_with(functions), "{starting_module}");
        assert!(starting_module.contains("new URL(\"app-1f_bg.wasm\", import.meta.url)"), "{starting_module}");
        assert!(!starting_module.contains("export"), "{starting_module}");
        assert_eq!(starting("export default 1;", "app_bg.wasm"), None);
    }

    #[test]
    fn no_nonce_stays() {
        let page = "<meta content=\"script-src 'self' 'nonce-{{__TRUNK NONCE__}}'; img-src data:\"><style \
                    nonce=\"{{__TRUNK NONCE__}}\">a{}</style>";
        assert_eq!(without_nonce(page), "<meta content=\"script-src 'self'; img-src data:\"><style>a{}</style>");
    }
}
