//! `cargo xtask screenshots`: takes screenshots of the app's pages, and writes an HTML page that shows them.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    playwright::{in_tests, playwright},
    project,
    server::Profile,
    shell,
};

const FOLDER: &str = "target/screenshots";

/// Takes all screenshots, or only those of pages whose name contains the word.
pub(crate) fn take(word: Option<&str>) -> Result<()> {
    if word.is_none() && Path::new(FOLDER).exists() {
        // Delete old screenshots, because those of removed pages would stay otherwise.
        fs::remove_dir_all(FOLDER)?;
    }
    let mut playwright = playwright()?;
    // Build a pattern for test titles, in which the page's name follows `@screenshots`.
    let wanted = format!("@screenshots.*{}", word.unwrap_or_default());
    playwright.args(["screenshots", "--project=desktop", "--grep", &wanted]).env("SCREENSHOTS", "1");
    shell::run(in_tests(&mut playwright, Profile::Faulty)?)?;
    let page = Path::new(FOLDER).join("index.html");
    fs::write(&page, overview(Path::new(FOLDER))?).with_context(|| format!("cannot write {}", page.display()))?;
    println!("Look at {}", project::root().join(page).display());
    Ok(())
}

/// Returns an HTML page with one row of screenshots for each page of the app. Each subfolder of `folder` contains the
/// screenshots in one size, language and theme.
fn overview(folder: &Path) -> Result<String> {
    let mut kinds = BTreeSet::new();
    let mut names = BTreeSet::new();
    for kind in entries(folder)?.into_iter().filter(|kind| folder.join(kind).is_dir()) {
        names.extend(entries(&folder.join(&kind))?);
        kinds.insert(kind);
    }
    let mut page = String::from(
        "<!doctype html><meta charset=\"utf-8\"><title>Every page</title><style>body{font:14px system-ui;margin:16px}\
         section{display:flex;gap:8px;overflow:auto}figure{margin:0;flex:none}img{height:420px;border:1px solid #8888}\
         </style>\n",
    );
    for name in &names {
        writeln!(page, "<h2>{}</h2><section>", name.trim_end_matches(".png"))?;
        for kind in kinds.iter().filter(|kind| folder.join(kind).join(name).is_file()) {
            let link = format!("{kind}/{name}");
            writeln!(
                page,
                "<figure><a href=\"{link}\"><img loading=\"lazy\" src=\"{link}\" alt=\"\"></a>\
                 <figcaption>{kind}</figcaption></figure>"
            )?;
        }
        page.push_str("</section>\n");
    }
    Ok(page)
}

fn entries(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}
