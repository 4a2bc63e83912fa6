//! What the widget weighs on its way to the browser.

use crate::error::{Result, file};
use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    thread,
};

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    pub raw: usize,
    pub gzip: usize,
    pub brotli: usize,
}

struct Row {
    name: String,
    size: Size,
}

/// The files of a built folder with their sizes. What lies in the folders `beside` is shown and not counted.
pub fn table(dist: &Path, beside: &[String]) -> Result<String> {
    let (widget, others) = rows(dist, beside)?;
    Ok(format_table(&widget, &others))
}

/// The whole of what the widget can load.
pub fn of_widget(dist: &Path, beside: &[String]) -> Result<Size> {
    Ok(total(&rows(dist, beside)?.0))
}

/// Every file in a folder and the folders in it, sorted.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(file("read", &folder))? {
            let path = entry.map_err(file("read", &folder))?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

/// The rows of the widget, and of what lies beside it.
fn rows(dist: &Path, beside: &[String]) -> Result<(Vec<Row>, Vec<Row>)> {
    let files = files_in(dist)?;
    // The best compression takes seconds for a big file, so each has its own thread.
    let sizes: Vec<Result<Size>> = thread::scope(|scope| {
        let workers: Vec<_> = files.iter().map(|path| scope.spawn(move || measure_file(path))).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    let mut rows = Vec::new();
    for (path, size) in files.iter().zip(sizes) {
        let name = path.strip_prefix(dist).unwrap_or(path).to_string_lossy().replace('\\', "/");
        rows.push(Row { name, size: size? });
    }
    Ok(rows.into_iter().partition(|row| {
        row.name.split_once('/').is_none_or(|(first, _)| !beside.iter().any(|folder| folder == first))
    }))
}

/// Runs the work for every path, each in a thread of its own: the best compression takes seconds for a big file.
pub fn for_each(paths: &[PathBuf], work: impl Fn(&Path) -> Result<()> + Sync) -> Result<()> {
    let work = &work;
    thread::scope(|scope| {
        let workers: Vec<_> = paths.iter().map(|path| scope.spawn(move || work(path))).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    })
}

fn measure_file(path: &Path) -> Result<Size> {
    let bytes = fs::read(path).map_err(file("read", path))?;
    measure(&bytes).map_err(file("compress", path))
}

fn measure(bytes: &[u8]) -> std::io::Result<Size> {
    let compressed = compress(bytes)?;
    Ok(Size { raw: bytes.len(), gzip: compressed.gzip.len(), brotli: compressed.brotli.len() })
}

/// A content, compressed as small as possible.
pub struct Compressed {
    pub gzip: Vec<u8>,
    pub brotli: Vec<u8>,
}

pub fn compress(bytes: &[u8]) -> std::io::Result<Compressed> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut brotli, &parameters)?;
    Ok(Compressed { gzip: gzip.finish()?, brotli })
}

/// What of the budget is used and what is left.
pub fn compared(brotli: usize, budget: usize) -> String {
    let (used, whole) = (thousands(brotli), thousands(budget));
    match budget.checked_sub(brotli) {
        Some(left) => format!("{used} of {whole} bytes: {} are left", thousands(left)),
        None => format!(
            "{used} of {whole} bytes: {} too many; the budget is budget-bytes in [package.metadata.widget] of Cargo.toml",
            thousands(brotli - budget)
        ),
    }
}

fn total(rows: &[Row]) -> Size {
    rows.iter().fold(Size::default(), |sum, Row { size, .. }| Size {
        raw: sum.raw + size.raw,
        gzip: sum.gzip + size.gzip,
        brotli: sum.brotli + size.brotli,
    })
}

fn format_table(widget: &[Row], others: &[Row]) -> String {
    let sum = Row { name: "the widget".into(), size: total(widget) };
    let names = widget.iter().chain(others).chain([&sum]).map(|row| row.name.chars().count());
    let width = names.max().unwrap_or_default();
    let mut text = String::new();
    let mut line = |name: &str, cells: [String; 3]| {
        let [raw, gzip, brotli] = cells;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name:width$}  {raw:>9}  {gzip:>9}  {brotli:>9}");
    };
    let cells = |size: Size| [size.raw, size.gzip, size.brotli].map(thousands);
    line("bytes", ["raw", "gzip -9", "brotli 11"].map(String::from));
    for row in widget {
        line(&row.name, cells(row.size));
    }
    line(&sum.name, cells(sum.size));
    for row in others {
        line(&row.name, cells(row.size));
    }
    text
}

/// `1234567` as `1,234,567`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in
            [(0, "0"), (12, "12"), (123, "123"), (1234, "1,234"), (123_456, "123,456"), (1_234_567, "1,234,567")]
        {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn what_is_left_of_the_budget_is_said() {
        assert_eq!(compared(98_000, 105_000), "98,000 of 105,000 bytes: 7,000 are left");
        assert_eq!(compared(105_000, 105_000), "105,000 of 105,000 bytes: 0 are left");
        assert!(compared(105_001, 105_000).starts_with("105,001 of 105,000 bytes: 1 too many"));
    }

    #[test]
    fn the_table_adds_up_the_widget_alone() {
        let row = |name: &str, raw| Row { name: name.into(), size: Size { raw, gzip: raw / 2, brotli: raw / 4 } };
        let table = format_table(&[row("index.html", 400), row("a.wasm", 4000)], &[row("minimal/a.wasm", 8000)]);
        assert_eq!(
            table,
            "bytes                 raw    gzip -9  brotli 11\n\
             index.html            400        200        100\n\
             a.wasm              4,000      2,000      1,000\n\
             the widget          4,400      2,200      1,100\n\
             minimal/a.wasm      8,000      4,000      2,000\n"
        );
    }

    #[test]
    fn a_folder_beside_the_widget_does_not_count_and_any_other_does() {
        let dist = crate::project::cargo_target().join("xtask-tests/sizes");
        let _ = fs::remove_dir_all(&dist);
        for name in ["index.html", "minimal/index.html", "assets/deep/minimal/sound.ogg", "minimal.js"] {
            crate::process::write(&dist.join(name), &[b'x'; 100]).unwrap();
        }
        assert_eq!(of_widget(&dist, &["minimal".into()]).unwrap().raw, 300);
        assert_eq!(of_widget(&dist, &[]).unwrap().raw, 400);
    }

    #[test]
    fn compression_is_measured() {
        let size = measure(&b"what repeats, compresses; ".repeat(100)).unwrap();
        assert_eq!(size.raw, 2600);
        assert!(size.gzip < 100 && size.brotli < size.gzip, "{size:?}");
    }
}
