//! Compresses the bundle at build time, so the server does not compress at run time.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;

use super::files_in;

const TEXT_LIKE: &[&str] = &["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// A text file that is not compressed, because operators edit it in place and a compressed copy would keep serving the
/// old settings.
const NEVER: &str = "config.json";

/// Writes a `.br` and a `.gz` copy beside each file with text or WebAssembly, if the copy is smaller than the file.
pub(crate) fn compress(folder: &Path) -> Result<()> {
    let start = Instant::now();
    for file in files_in(folder)?.into_iter().filter(|file| is_compressible(file)) {
        let file = folder.join(file);
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        write_if_smaller(&content, &compressed_name(&file, "br"), &brotli(&content)?)?;
        write_if_smaller(&content, &compressed_name(&file, "gz"), &gzip(&content)?)?;
    }
    println!("brotli and gzip: {:.1} s", start.elapsed().as_secs_f32());
    Ok(())
}

/// Appends an extension: `app.js` becomes `app.js.br`.
pub(crate) fn compressed_name(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

fn is_compressible(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    file != Path::new(NEVER) && extension.is_some_and(|extension| TEXT_LIKE.contains(&extension))
}

fn write_if_smaller(content: &[u8], to: &Path, compressed: &[u8]) -> Result<()> {
    if compressed.len() >= content.len() {
        return Ok(());
    }
    fs::write(to, compressed).with_context(|| format!("cannot write {}", to.display()))
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut output = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut output, &parameters)?;
    Ok(output)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn config_json_is_not_compressed() {
        assert!(!is_compressible(Path::new("config.json")));
        assert!(is_compressible(Path::new("index.html")));
        assert!(!is_compressible(Path::new("icon.png")));
    }
}
