//! `cargo xtask run` and `cargo xtask gallery`: build the app or the component gallery, and serve it.

use std::{path::Path, thread, time::Duration};

use anyhow::{Result, bail};

use crate::{
    bundle::{self, gallery},
    process,
    project::{DIST, PUBLIC_URL},
    server::{self, Profile},
    shell,
};

/// Data folder of the server that serves the gallery. The gallery has no data, but the server needs a database.
const GALLERY_DATA: &str = "target/gallery-data";

/// Builds and serves the app until the server exits or Ctrl-C is pressed.
pub(crate) fn run(port: u16, data: &Path, open: bool) -> Result<()> {
    // Check the port and the folder first, because the first build takes minutes.
    server::check_port(port, "stop the program that uses it, or choose another one with --port")?;
    server::check_folder(data)?;
    bundle::build_if_changed()?;
    let address = format!("http://127.0.0.1:{port}{PUBLIC_URL}en/clients/");
    serve(DIST, data, port, || {
        println!("\nThe app is at {address}\nPress Ctrl-C to stop. The data stays in {}\n", data.display());
        if open {
            open_browser(&address);
        }
    })
}

/// Builds and serves the component gallery until the server exits or Ctrl-C is pressed.
pub(crate) fn run_gallery(port: u16) -> Result<()> {
    server::check_port(port, "stop the program that uses it, or choose another one with --port")?;
    gallery::build()?;
    serve(gallery::GALLERY, Path::new(GALLERY_DATA), port, || {
        println!("\nThe component gallery is at http://127.0.0.1:{port}{PUBLIC_URL}\n")
    })
}

/// Serves a bundle until the server exits or Ctrl-C is pressed.
fn serve(bundle: &str, data: &Path, port: u16, when_ready: impl FnOnce()) -> Result<()> {
    let program = server::build(Profile::Demo)?;
    process::catch_interrupts()?;
    let mut server = server::start(&program, bundle, data, port)?;
    server::wait_until_ready(&mut server, port)?;
    when_ready();
    while !process::is_interrupted() {
        if let Some(status) = server.ended() {
            bail!("the server stopped ({status})");
        }
        thread::sleep(Duration::from_millis(100));
    }
    server.stop();
    Ok(())
}

fn open_browser(address: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if shell::command(opener).arg(address).spawn().is_err() {
        println!("{opener} is missing; open the address in your browser");
    }
}
