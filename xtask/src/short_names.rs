//! Short names for what passes between a wasm file and its JavaScript. wasm-bindgen gives each function a name with a hash of
//! sixteen digits, which stands in both files and cannot be compressed.

use crate::error::{Result, file};
use crate::process;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// Renames in both files, in place. Files that are not as expected stay as they are.
pub fn shorten(wasm: &Path, js: &Path) -> Result<()> {
    let bytes = fs::read(wasm).map_err(file("read", wasm))?;
    let module = fs::read_to_string(js).map_err(file("read", js))?;
    if let Some((bytes, module)) = shortened(&bytes, &module) {
        process::write(wasm, &bytes)?;
        process::write(js, module.as_bytes())?;
    }
    Ok(())
}

/// The sections of a wasm file that hold names.
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

fn shortened(wasm: &[u8], js: &str) -> Option<(Vec<u8>, String)> {
    let mut names = Names::new(js);
    let mut output = wasm.get(..8)?.to_vec();
    let mut input = Reader(wasm.get(8..)?);
    while !input.0.is_empty() {
        let id = input.byte()?;
        let length = input.number()?;
        let mut section = Reader(input.take(length)?);
        let body = match id {
            IMPORTS => imports(&mut section, &mut names)?,
            EXPORTS => exports(&mut section, &mut names)?,
            _ => section.0.to_vec(),
        };
        output.push(id);
        write_bytes(&mut output, &body);
    }
    Some((output, names.rename(js)))
}

fn imports(section: &mut Reader, names: &mut Names) -> Option<Vec<u8>> {
    let count = section.number()?;
    let mut output = Vec::new();
    write_number(&mut output, count);
    for _ in 0..count {
        for _ in ["module", "field"] {
            let name = section.text()?;
            write_bytes(&mut output, names.short(name).as_bytes());
        }
        let before = section.0;
        match section.byte()? {
            0 => drop(section.number()?),
            1 => {
                section.byte()?;
                section.limits()?;
            }
            2 => section.limits()?,
            3 => drop((section.byte()?, section.byte()?)),
            4 => drop((section.byte()?, section.number()?)),
            _ => return None,
        }
        output.extend(&before[..before.len() - section.0.len()]);
    }
    Some(output)
}

fn exports(section: &mut Reader, names: &mut Names) -> Option<Vec<u8>> {
    let count = section.number()?;
    let mut output = Vec::new();
    write_number(&mut output, count);
    for _ in 0..count {
        let name = section.text()?;
        write_bytes(&mut output, names.short(name).as_bytes());
        output.push(section.byte()?);
        write_number(&mut output, section.number()?);
    }
    Some(output)
}

/// Which long name became which short one.
struct Names<'a> {
    js: &'a str,
    short: HashMap<String, String>,
}

impl<'a> Names<'a> {
    fn new(js: &'a str) -> Self {
        Names { js, short: HashMap::new() }
    }

    /// The short form of a name that wasm-bindgen made and its JavaScript knows; any other stays.
    fn short(&mut self, name: &str) -> String {
        let made = ["__wb", "__externref", "wasm_bindgen_"].iter().any(|made| name.starts_with(made))
            || name.ends_with("_bg.js");
        if !made || !self.js.contains(name) {
            return name.to_owned();
        }
        let next = letters(self.short.len());
        self.short.entry(name.to_owned()).or_insert(next).clone()
    }

    /// Replaces whole words, and the name of the module between its quotes.
    fn rename(&self, js: &str) -> String {
        let mut output = String::with_capacity(js.len());
        let mut rest = js;
        while let Some(first) = rest.chars().next() {
            let is_part = |char: char| char.is_ascii_alphanumeric() || "_$./-".contains(char);
            let end =
                if is_part(first) { rest.find(|char| !is_part(char)).unwrap_or(rest.len()) } else { first.len_utf8() };
            let (word, after) = rest.split_at(end);
            match self.short.get(word) {
                Some(short) => output.push_str(short),
                None => self.rename_parts(word, &mut output),
            }
            rest = after;
        }
        output
    }

    /// A path of properties: `wasm.__wbindgen_free`.
    fn rename_parts(&self, word: &str, output: &mut String) {
        for part in word.split_inclusive(['.', '/', '-']) {
            let name = part.trim_end_matches(['.', '/', '-']);
            output.push_str(self.short.get(name).map_or(name, String::as_str));
            output.push_str(&part[name.len()..]);
        }
    }
}

/// `a` to `z`, then `aa`, `ab` and so on.
fn letters(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'a' + (number % 26) as u8));
        if number < 26 {
            return name;
        }
        number = number / 26 - 1;
    }
}

/// The bytes of a section that have not been read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn limits(&mut self) -> Option<()> {
        let has_maximum = self.number()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Some(())
    }
}

fn write_number(output: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        output.push(number as u8 | 0x80);
        number >>= 7;
    }
    output.push(number as u8);
}

fn write_bytes(output: &mut Vec<u8>, bytes: &[u8]) {
    write_number(output, bytes.len());
    output.extend(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports two functions, and exports its memory and a function.
    fn module(names: [&str; 5]) -> Vec<u8> {
        let mut imports = vec![2];
        for name in &names[1..3] {
            write_bytes(&mut imports, names[0].as_bytes());
            write_bytes(&mut imports, name.as_bytes());
            imports.extend([0, 5]);
        }
        let mut exports = vec![2];
        for (name, kind) in [(names[3], 2), (names[4], 0)] {
            write_bytes(&mut exports, name.as_bytes());
            exports.extend([kind, 0]);
        }
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        for (id, body) in [(1, vec![9; 200]), (IMPORTS, imports), (EXPORTS, exports)] {
            wasm.push(id);
            write_bytes(&mut wasm, &body);
        }
        wasm
    }

    #[test]
    fn both_files_get_the_same_short_names() {
        let wasm = module(["./app_bg.js", "__wbg_body_5f97", "__wbg_body_5f97ab", "memory", "__wbindgen_free"]);
        let js = "const i={__wbg_body_5f97:()=>1,__wbg_body_5f97ab:()=>2};return{\"./app_bg.js\":i};\
                  async function __wbg_init(){}wasm.__wbindgen_free(wasm.memory)";
        let (wasm, js) = shortened(&wasm, js).unwrap();
        assert_eq!(wasm, module(["a", "b", "c", "memory", "d"]));
        assert_eq!(js, "const i={b:()=>1,c:()=>2};return{\"a\":i};async function __wbg_init(){}wasm.d(wasm.memory)");
    }

    #[test]
    fn what_is_no_wasm_stays() {
        assert_eq!(shortened(b"<!doctype html>", ""), None);
        assert_eq!(shortened(b"", ""), None);
    }

    #[test]
    fn there_are_names_enough() {
        for (number, name) in [(0, "a"), (25, "z"), (26, "aa"), (51, "az"), (52, "ba"), (702, "aaa")] {
            assert_eq!(letters(number), name);
        }
    }
}
