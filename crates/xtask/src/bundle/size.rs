//! Weighs the bundle and holds the first page to its budget.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::{
    compress::twin,
    layout::{HASHED, files_in},
    split::is_part,
};

/// What the first page may cost on the wire: HTML, boot, style, glue and WebAssembly, brotli. A kB is 1000 bytes.
const BUDGET: u64 = 220_000;

struct Weight {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
    is_first_page: bool,
}

/// Prints what every file weighs; fails when the first page is over budget.
pub(crate) fn report(dist: &Path) -> Result<()> {
    let weights = weigh(dist)?;
    let width = weights.iter().map(|weight| weight.name.len()).max().unwrap_or(0);
    println!("\n{:width$}  {:>9}  {:>9}  {:>9}", "kB", "raw", "gzip", "brotli");
    for weight in &weights {
        line(&weight.name, width, weight.raw, weight.gzip, weight.brotli);
    }
    let sum = |part: fn(&Weight) -> u64| weights.iter().filter(|weight| weight.is_first_page).map(part).sum::<u64>();
    let total = sum(|weight| weight.brotli);
    line("first page", width, sum(|weight| weight.raw), sum(|weight| weight.gzip), total);
    println!("{:width$}  {:>9}  {:>9}  {:>9}\n", "budget", "", "", kilobytes(BUDGET));
    if total > BUDGET {
        bail!("the first page is {} kB over its budget of {} kB", kilobytes(total - BUDGET), kilobytes(BUDGET));
    }
    Ok(())
}

/// Whether an asset is loaded behind the first page.
fn is_later(asset: &str) -> bool {
    is_part(asset) || asset.starts_with("later-")
}

fn weigh(dist: &Path) -> Result<Vec<Weight>> {
    let mut weights = Vec::new();
    for file in files_in(dist)? {
        if file.extension().is_some_and(|extension| extension == "br" || extension == "gz") {
            continue;
        }
        let size = |path: &Path| fs::metadata(path).map(|found| found.len());
        let path = dist.join(&file);
        let raw = size(&path).with_context(|| format!("{} cannot be weighed", path.display()))?;
        weights.push(Weight {
            name: file.display().to_string(),
            raw,
            gzip: size(&twin(&path, "gz")).unwrap_or(raw),
            brotli: size(&twin(&path, "br")).unwrap_or(raw),
            is_first_page: file == Path::new("index.html")
                || file.strip_prefix(HASHED).is_ok_and(|asset| !is_later(&asset.to_string_lossy())),
        });
    }
    Ok(weights)
}

fn line(name: &str, width: usize, raw: u64, gzip: u64, brotli: u64) {
    println!("{name:width$}  {:>9}  {:>9}  {:>9}", kilobytes(raw), kilobytes(gzip), kilobytes(brotli));
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}
