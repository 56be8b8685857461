//! Generates the files that `index.html` includes: the style sheets and the icon sprite.

use std::{fs, path::Path};

use anyhow::{Context, Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
};

use crate::{icons, project::ASSETS};

/// The style sheets of the page, each with its bundled file. The first sheet is needed for the first paint; the second
/// sheet is loaded later.
const SHEETS: [(&str, &str); 2] = [("style/main.css", "app.css"), ("style/later.css", "later.css")];

/// Generates the files in `target/assets/`.
pub(crate) fn generate() -> Result<()> {
    let folder = Path::new(ASSETS);
    fs::create_dir_all(folder).with_context(|| format!("cannot create {ASSETS}"))?;
    for (sheet, bundled) in SHEETS {
        write_if_changed(&folder.join(bundled), &style_sheet(Path::new(sheet))?)?;
    }
    write_if_changed(&folder.join("icons.svg"), &icons::sprite())
}

/// Joins a style sheet with the sheets that it imports, and minifies the result.
fn style_sheet(main: &Path) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let name = main.display();
    let mut sheet = bundler.bundle(main).map_err(|error| anyhow!("{name}: {error}"))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| anyhow!("{name}: {error}"))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, ..PrinterOptions::default() });
    Ok(printed.map_err(|error| anyhow!("{name}: {error}"))?.code)
}

/// Writes the file only if its content changes, because a new modification time makes Cargo and Trunk rebuild.
fn write_if_changed(file: &Path, content: &str) -> Result<()> {
    if fs::read_to_string(file).is_ok_and(|present| present == content) {
        return Ok(());
    }
    fs::write(file, content).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imported_sheets_go_into_their_layers_in_declared_order() {
        let folder = std::env::temp_dir().join(format!("xtask-assets-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("main.css"), "@layer a, b;\n@import 'part.css' layer(b);").unwrap();
        fs::write(folder.join("part.css"), ".row { color: var(--text); }").unwrap();
        let sheet = style_sheet(&folder.join("main.css")).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(sheet, "@layer a;@layer b{.row{color:var(--text)}}");
    }
}
