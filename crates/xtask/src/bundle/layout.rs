//! Renames scripts, style sheets and WebAssembly after a digest of their content, and updates the references to these
//! files.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256, Sha384};

use super::{files_in, split::is_lazy_chunk};
use crate::project::PUBLIC_URL;

/// Folder of the files that are named by their content. The server tells browsers that files in this folder never
/// change.
pub(crate) const HASHED: &str = "assets";

const PAGE: &str = "index.html";

/// A file that was renamed after its content.
struct Asset {
    old: String,
    new: String,
    integrity: String,
}

/// Copies Trunk's output. Scripts, style sheets and WebAssembly are renamed after their content, the page gets the new
/// names, and other files stay unchanged.
pub(crate) fn lay_out(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to.join(HASHED)).with_context(|| format!("cannot create {}", to.display()))?;
    let (mut code, others): (Vec<_>, Vec<_>) = files_in(from)?.into_iter().partition(|file| rank(file).is_some());
    for file in others.iter().filter(|file| *file != Path::new(PAGE)) {
        copy(&from.join(file), &to.join(file))?;
    }
    code.sort_by_key(|file| rank(file));
    let mut assets = Vec::new();
    for file in code {
        let content = with_new_names(fs::read(from.join(&file))?, &file, &assets)?;
        let asset = name(&file, &content);
        fs::write(to.join(HASHED).join(&asset.new), content)?;
        assets.push(asset);
    }
    let page = fs::read_to_string(from.join(PAGE)).with_context(|| format!("Trunk did not create {PAGE}"))?;
    fs::write(to.join(PAGE), refer(&page, &assets)?)?;
    Ok(())
}

/// Scripts that keep their names: other sites load the first script by its name, and `boot.js` loads the others.
const FIXED_NAMES: [&str; 3] = ["embed.js", "framed.js", "vitals.js"];

/// Returns the position of a file in the order of renaming, because a file must be renamed before the files that refer
/// to it. Returns `None` if the file keeps its name.
fn rank(file: &Path) -> Option<u8> {
    match file.extension()?.to_str()? {
        "js" if FIXED_NAMES.iter().any(|name| file == Path::new(name)) => None,
        "wasm" => Some(0),
        "js" if file.starts_with("snippets") => Some(1),
        "js" => Some(2),
        "css" => Some(3),
        _ => None,
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.parent().context("the file has no parent folder")?)?;
    fs::copy(from, to).with_context(|| format!("cannot write {}", to.display()))?;
    Ok(())
}

/// Replaces the old names of other assets in a script, and rejects relative URLs in a style sheet. All renamed files
/// are in one folder, so scripts can import each other by relative URLs.
fn with_new_names(content: Vec<u8>, file: &Path, assets: &[Asset]) -> Result<Vec<u8>> {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("js") => {
            let script = String::from_utf8(content).with_context(|| format!("{} is not UTF-8", file.display()))?;
            Ok(assets.iter().fold(script, |script, asset| script.replace(&asset.old, &asset.new)).into_bytes())
        }
        Some("css") => {
            let sheet = String::from_utf8_lossy(&content);
            let mut targets = sheet.split("url(").skip(1).map(|rest| rest.trim_start_matches(['"', '\'']));
            if targets.any(|target| !["#", "/", "data:"].iter().any(|start| target.starts_with(start))) {
                bail!("a relative url() in the style sheet would break: use data: or an absolute path");
            }
            Ok(content)
        }
        _ => Ok(content),
    }
}

fn name(file: &Path, content: &[u8]) -> Asset {
    let digest: String = Sha256::digest(content)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    Asset {
        old: file.to_string_lossy().into_owned(),
        new: format!("{}-{digest}.{}", part(file.file_stem()), part(file.extension())),
        integrity: format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(content))),
    }
}

/// Replaces the old names in the page, and adds digests of scripts and style sheets, which the browser verifies.
fn refer(page: &str, assets: &[Asset]) -> Result<String> {
    let mut page = without_comments(page);
    for asset in assets {
        let old = format!("\"{PUBLIC_URL}{}\"", asset.old);
        let new = format!("\"{PUBLIC_URL}{HASHED}/{}\"", asset.new);
        // WebAssembly gets no digest, because the browser could then not compile it while it downloads.
        if !asset.old.ends_with(".wasm") {
            for attribute in ["src", "href"] {
                let with_digest = format!(" {attribute}={new} integrity=\"{}\"", asset.integrity);
                page = page.replace(&format!(" {attribute}={old}"), &with_digest);
            }
        }
        page = page.replace(&old, &new);
        let is_loaded_by_script = asset.old.contains('/') || is_lazy_chunk(&asset.old);
        if !is_loaded_by_script && !page.contains(&new) {
            bail!("{PAGE} does not refer to {PUBLIC_URL}{}", asset.old);
        }
    }
    Ok(page)
}

/// Removes comments, indentation and empty lines from the page.
fn without_comments(page: &str) -> String {
    let mut rest = page;
    let mut result = String::new();
    while let Some((before, after)) = rest.split_once("<!--") {
        result.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, rest)| rest);
    }
    result.push_str(rest);
    result.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(old: &str, new: &str) -> Asset {
        Asset { old: old.to_owned(), new: new.to_owned(), integrity: "sha384-x".to_owned() }
    }

    #[test]
    fn page_gets_new_names_and_digests() {
        let assets = [asset("app.wasm", "app-1.wasm"), asset("boot.js", "boot-2.js")];
        let page = r#"<script src="/partner/app/boot.js" data-wasm="/partner/app/app.wasm"></script><!-- why -->"#;
        assert_eq!(
            refer(page, &assets).unwrap(),
            r#"<script src="/partner/app/assets/boot-2.js" integrity="sha384-x" data-wasm="/partner/app/assets/app-1.wasm"></script>"#
        );
    }

    #[test]
    fn asset_missing_from_the_page_is_an_error() {
        assert!(refer("<p>", &[asset("lost.js", "lost-1.js")]).is_err());
    }

    #[test]
    fn assets_are_named_before_the_script_that_loads_them() {
        let ranks = ["app.wasm", "snippets/a/inline0.js", "app.js"].map(|file| rank(Path::new(file)));
        assert!(ranks.is_sorted());
        assert_eq!(["config.json", "embed.js", "framed.js", "vitals.js"].map(|file| rank(Path::new(file))), [None; 4]);
    }

    #[test]
    fn equal_content_gets_an_equal_name() {
        let [one, same, other] = ["a", "a", "b"].map(|content| name(Path::new("app.js"), content.as_bytes()).new);
        assert_eq!(one, same);
        assert_ne!(one, other);
        assert!(one.starts_with("app-") && one.ends_with(".js"));
    }
}
