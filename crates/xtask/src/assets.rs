//! Makes the generated files that `index.html` includes: the style sheets and the icons.

use std::{fs, path::Path};

use anyhow::{Context, Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
};

use crate::{icons, project::ASSETS};

/// The sheets that import all others, and what is made of them: for the first page, and behind it.
const SHEETS: [(&str, &str); 2] = [("style/main.css", "app.css"), ("style/later.css", "later.css")];

/// Makes the files in `target/assets/`.
pub(crate) fn make() -> Result<()> {
    let folder = Path::new(ASSETS);
    fs::create_dir_all(folder).with_context(|| format!("{ASSETS} cannot be made"))?;
    for (sheet, made) in SHEETS {
        write_if_changed(&folder.join(made), &style_sheet(Path::new(sheet))?)?;
    }
    write_if_changed(&folder.join("icons.svg"), &icons::sprite())
}

/// All sheets in one, without what only people read.
fn style_sheet(main: &Path) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let name = main.display();
    let mut sheet = bundler.bundle(main).map_err(|error| anyhow!("{name}: {error}"))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| anyhow!("{name}: {error}"))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, ..PrinterOptions::default() });
    Ok(printed.map_err(|error| anyhow!("{name}: {error}"))?.code)
}

/// Leaves an equal file alone: its time would tell Cargo and Trunk that something changed.
fn write_if_changed(file: &Path, content: &str) -> Result<()> {
    if fs::read_to_string(file).is_ok_and(|present| present == content) {
        return Ok(());
    }
    fs::write(file, content).with_context(|| format!("{} cannot be written", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imported_sheets_land_in_their_layers_in_the_declared_order() {
        let folder = std::env::temp_dir().join(format!("xtask-assets-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("main.css"), "@layer a, b;\n@import 'part.css' layer(b);").unwrap();
        fs::write(folder.join("part.css"), ".row { color: var(--text); }").unwrap();
        let sheet = style_sheet(&folder.join("main.css")).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(sheet, "@layer a;@layer b{.row{color:var(--text)}}");
    }
}
