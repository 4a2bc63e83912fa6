//! The folder that is put online: the build, compressed once, with the headers for static hosts and, if wanted, the crates' docs.

use crate::{
    bundle::{self, Build},
    error::{Error, Result, file},
    hosting::Policy,
    process, project, size,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The file in which Netlify and Cloudflare Pages look for headers. Other servers send it to nobody.
const HEADERS: &str = "_headers";
/// The folder with the crates' docs.
const DOCS: &str = "docs";
/// The crate whose docs are shown first.
const FIRST_CRATE: &str = "calling_extensions";

#[derive(Debug, PartialEq)]
pub struct Site {
    pub out: PathBuf,
    /// A folder that `cargo xtask build` has made; without it the build is made.
    pub from: Option<PathBuf>,
    pub docs: bool,
}

impl Site {
    pub fn new() -> Self {
        Self { out: project::target().join("site"), from: None, docs: false }
    }
}

/// Makes the folder. An earlier site in it is removed.
pub fn make(site: &Site) -> Result<()> {
    let from = match &site.from {
        Some(folder) => folder.clone(),
        None => {
            let build = Build::deployable();
            bundle::make(&build)?;
            build.dist
        }
    };
    let policy = Policy::read()?;
    if has_entries(&site.out) && !site.out.join(HEADERS).is_file() {
        return Err(Error::NoSite(site.out.clone()));
    }
    if site.out.exists() {
        fs::remove_dir_all(&site.out).map_err(file("remove", &site.out))?;
    }
    bundle::copy(&from, &site.out)?;
    process::step("compressing the site", || compress(&site.out, &policy))?;
    // Before the docs: static hosts limit the number of rules, and their own caching serves for the docs.
    let headers = policy.headers_file(paths(&site.out)?.iter().map(String::as_str));
    process::write(&site.out.join(HEADERS), headers.as_bytes())?;
    if site.docs {
        docs(&site.out.join(DOCS))?;
    }
    println!("\nthe site is in {}", site.out.display());
    Ok(())
}

fn has_entries(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// The files of a site as a browser asks for them, without the compressed ones.
fn paths(folder: &Path) -> Result<Vec<String>> {
    let is_original = |path: &PathBuf| !path.extension().is_some_and(|ending| ending == "br" || ending == "gz");
    let inside = |path: PathBuf| path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
    Ok(size::files_in(folder)?.into_iter().filter(is_original).map(inside).collect())
}

/// Puts a file with the ending `br` and one with `gz` beside each file that the policy names and that becomes smaller.
fn compress(folder: &Path, policy: &Policy) -> Result<()> {
    let mut files = size::files_in(folder)?;
    files.retain(|path| policy.is_compressed(&path.to_string_lossy()));
    size::for_each(&files, |path| {
        let content = fs::read(path).map_err(file("read", path))?;
        let compressed = size::compress(&content).map_err(file("compress", path))?;
        for (ending, compressed) in [("br", compressed.brotli), ("gz", compressed.gzip)] {
            if compressed.len() < content.len() {
                process::write(&PathBuf::from(format!("{}.{ending}", path.display())), &compressed)?;
            }
        }
        Ok(())
    })
}

/// The docs of the crates that are compiled for the browser.
fn docs(folder: &Path) -> Result<()> {
    let built = project::cargo_target().join(project::WASM_TARGET).join("doc");
    // Otherwise the docs of other crates, from earlier, would be published too.
    if built.exists() {
        fs::remove_dir_all(&built).map_err(file("remove", &built))?;
    }
    process::step("the docs of the crates", || {
        let arguments = ["doc", "--no-deps", "--lib", "--target", project::WASM_TARGET];
        process::run_checked(process::cargo().args(arguments).args(crate::check::IN_BROWSER))
    })?;
    bundle::copy(&built, folder)?;
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta http-equiv=\"refresh\" \
         content=\"0; url={FIRST_CRATE}/\">\n<title>Docs</title>\n<a href=\"{FIRST_CRATE}/\">Docs</a>\n</html>\n"
    );
    process::write(&folder.join("index.html"), page.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_the_build_compressed_files_and_headers() {
        let folder = project::cargo_target().join("xtask-tests/site");
        let _ = fs::remove_dir_all(&folder);
        let (from, out) = (folder.join("from"), folder.join("out"));
        let text = "what repeats, compresses; ".repeat(100);
        process::write(&from.join("index.html"), text.as_bytes()).unwrap();
        process::write(&from.join("simulator/app-6d0085c7cdfd276f.js"), text.as_bytes()).unwrap();
        process::write(&from.join("tiny.js"), b"1").unwrap();
        process::write(&from.join("picture.png"), text.as_bytes()).unwrap();
        process::write(&out.join("old.js"), b"from an earlier build").unwrap();
        process::write(&out.join(HEADERS), b"").unwrap();
        make(&Site { out: out.clone(), from: Some(from), docs: false }).unwrap();
        let names: Vec<String> = size::files_in(&out)
            .unwrap()
            .iter()
            .map(|path| path.strip_prefix(&out).unwrap().to_string_lossy().replace('\\', "/"))
            .collect();
        assert_eq!(
            names,
            [
                "_headers",
                "index.html",
                "index.html.br",
                "index.html.gz",
                "picture.png",
                "simulator/app-6d0085c7cdfd276f.js",
                "simulator/app-6d0085c7cdfd276f.js.br",
                "simulator/app-6d0085c7cdfd276f.js.gz",
                "tiny.js",
            ]
        );
        let headers = fs::read_to_string(out.join(HEADERS)).unwrap();
        assert!(headers.contains("/simulator/app-6d0085c7cdfd276f.js\n  Cache-Control: public"), "{headers}");
        assert!(!headers.contains(".br") && !headers.contains("_headers\n"), "{headers}");
        let mut text_again = Vec::new();
        let compressed = fs::read(out.join("index.html.br")).unwrap();
        brotli::BrotliDecompress(&mut &*compressed, &mut text_again).unwrap();
        assert_eq!(text_again, text.as_bytes());
    }

    #[test]
    fn a_folder_with_something_else_is_left_alone() {
        let folder = project::cargo_target().join("xtask-tests/no-site");
        let _ = fs::remove_dir_all(&folder);
        let (from, out) = (folder.join("from"), folder.join("out"));
        process::write(&from.join("index.html"), b"page").unwrap();
        process::write(&out.join("letter.txt"), b"mine").unwrap();
        let refused = make(&Site { out: out.clone(), from: Some(from), docs: false });
        assert!(matches!(refused, Err(Error::NoSite(_))), "{refused:?}");
        assert_eq!(fs::read(out.join("letter.txt")).unwrap(), b"mine");
    }
}
