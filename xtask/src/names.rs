//! Short names for what passes between a wasm file and its JavaScript. wasm-bindgen gives each function a name with a hash of
//! sixteen digits, which is in both files and cannot be compressed. wasm-opt renames in the wasm and prints what it did; esbuild
//! renames the properties in the JavaScript.

/// Makes wasm-opt rename, and print the names as JSON.
pub const WASM_OPT_PASS: &str = "--minify-imports-and-exports-and-modules";
/// What that pass calls every module.
const MODULE: &str = "a";

/// The long names, and their short ones.
pub struct Names(Vec<(String, String)>);

impl Names {
    /// Reads what wasm-opt prints: each line has one import (module, name, new name) or one export (name, new name).
    pub fn parse(printed: &str) -> Self {
        let pair = |line: &str| {
            let quoted: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            let [.., long, short] = quoted[..] else { return None };
            Some((long.to_owned(), short.to_owned()))
        };
        Self(printed.lines().filter(|line| line.trim_start().starts_with("[\"")).filter_map(pair).collect())
    }

    /// For esbuild's `--mangle-props`: all of the names, whole.
    pub fn pattern(&self) -> String {
        let names: Vec<_> = self.0.iter().map(|(long, _)| long.as_str()).collect();
        format!("^({})$", names.join("|"))
    }

    /// For esbuild's `--mangle-cache`: a file that says what each name becomes.
    pub fn cache(&self) -> String {
        let lines: Vec<_> = self.0.iter().map(|(long, short)| format!("  \"{long}\": \"{short}\"")).collect();
        format!("{{\n{}\n}}\n", lines.join(",\n"))
    }
}

/// The JavaScript with the new name of the module, which is a text in it and no property.
pub fn with_short_module(js: &str) -> Option<String> {
    let (before, _) = js.rsplit_once("_bg.js\"")?;
    let (_, stem) = before.rsplit_once('"')?;
    let module = format!("\"{stem}_bg.js\"");
    Some(js.replace(&module, &format!("\"{MODULE}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "{\n \"imports\": [\n  [\"./app_bg.js\", \"__wbg_body_5f97\", \"$\"],\n  [\"./app_bg.js\", \
                           \"__wbg_key_1a\", \"aa\"]\n ],\n\"exports\": [\n  [\"memory\", \"b\"]\n ]\n}\n";

    #[test]
    fn the_names_are_those_that_wasm_opt_prints() {
        let names = Names::parse(PRINTED);
        assert_eq!(names.pattern(), "^(__wbg_body_5f97|__wbg_key_1a|memory)$");
        assert_eq!(
            names.cache(),
            "{\n  \"__wbg_body_5f97\": \"$\",\n  \"__wbg_key_1a\": \"aa\",\n  \"memory\": \"b\"\n}\n"
        );
    }

    #[test]
    fn the_module_is_renamed_where_it_is_named() {
        assert_eq!(
            with_short_module("return { \"./app_bg.js\": import0 };").as_deref(),
            Some("return { \"a\": import0 };")
        );
        assert_eq!(with_short_module("return { \"a\": import0 };"), None);
    }
}
