//! Prints the size of the bundle, and fails if the first page exceeds its budget.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{compress::compressed_name, files_in, layout::HASHED, split::is_lazy_chunk};

/// Largest size of the first page in bytes, compressed with brotli: HTML, scripts, style sheet and WebAssembly.
const BUDGET: u64 = 255_000;

struct Row {
    name: String,
    size: Size,
    is_first_page: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints the sizes of each file, of the first page and of the whole bundle. Fails if the first page exceeds its
/// budget.
pub(crate) fn report(dist: &Path) -> Result<()> {
    let rows = measure(dist)?;
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    println!("\n{:width$}  {:>9}  {:>9}  {:>9}", "kB", "raw", "gzip", "brotli");
    for row in &rows {
        print_row(&row.name, width, row.size);
    }
    let first_page = sum(rows.iter().filter(|row| row.is_first_page));
    print_row("first page", width, first_page);
    print_row("everything", width, sum(rows.iter()));
    println!("{:width$}  {:>9}  {:>9}  {:>9}\n", "budget", "", "", kilobytes(BUDGET));
    if first_page.brotli > BUDGET {
        let excess = kilobytes(first_page.brotli - BUDGET);
        bail!("the first page exceeds its budget of {} kB by {excess} kB", kilobytes(BUDGET));
    }
    Ok(())
}

fn sum<'a>(rows: impl Iterator<Item = &'a Row>) -> Size {
    rows.fold(Size::default(), |sum, Row { size, .. }| Size {
        raw: sum.raw + size.raw,
        gzip: sum.gzip + size.gzip,
        brotli: sum.brotli + size.brotli,
    })
}

/// Whether the browser loads a file before it shows the first page.
fn is_first_page(file: &Path) -> bool {
    let is_early = |asset: &str| !is_lazy_chunk(asset) && !asset.starts_with("later-");
    file == Path::new("index.html") || file.strip_prefix(HASHED).is_ok_and(|asset| is_early(&asset.to_string_lossy()))
}

fn measure(dist: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for file in files_in(dist)? {
        if file.extension().is_some_and(|extension| extension == "br" || extension == "gz") {
            continue;
        }
        let size = |path: &Path| fs::metadata(path).map(|found| found.len());
        let path = dist.join(&file);
        let raw = size(&path).with_context(|| format!("cannot read the size of {}", path.display()))?;
        let gzip = size(&compressed_name(&path, "gz")).unwrap_or(raw);
        let brotli = size(&compressed_name(&path, "br")).unwrap_or(raw);
        let size = Size { raw, gzip, brotli };
        rows.push(Row { name: file.display().to_string(), size, is_first_page: is_first_page(&file) });
    }
    Ok(rows)
}

fn print_row(name: &str, width: usize, size: Size) {
    let Size { raw, gzip, brotli } = size;
    println!("{name:width$}  {:>9}  {:>9}  {:>9}", kilobytes(raw), kilobytes(gzip), kilobytes(brotli));
}

/// Formats a size in kilobytes of 1000 bytes.
fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_page_has_neither_lazy_chunks_nor_later_styles() {
        let is_first = |file: &str| is_first_page(Path::new(file));
        assert!(
            ["index.html", "assets/app-1.css", "assets/boot-1.js", "assets/app_bg-1.wasm"].into_iter().all(is_first)
        );
        let later = ["assets/split_balance-1.wasm", "assets/chunk_2-1.wasm", "assets/later-1.css", "embed.js"];
        assert!(!later.into_iter().any(is_first));
    }

    #[test]
    fn sizes_are_compressed_ones_where_compressed_copies_exist() {
        let folder = std::env::temp_dir().join(format!("xtask-size-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (file, length) in [("index.html", 30), ("index.html.br", 10), ("icon.png", 7)] {
            fs::write(folder.join(file), vec![0; length]).unwrap();
        }
        let rows = measure(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(sum(rows.iter()), Size { raw: 37, gzip: 37, brotli: 17 });
        assert_eq!(sum(rows.iter().filter(|row| row.is_first_page)).brotli, 10);
    }
}
