//! `cargo xtask run`: from a fresh clone to the account on the screen.

use std::{path::Path, thread, time::Duration};

use anyhow::{Result, bail};

use crate::{
    bundle::{self, gallery},
    process,
    project::{DIST, PUBLIC_URL},
    server::{self, Profile},
    shell,
};

/// The server wants a database, the widgets do not.
const GALLERY_DATA: &str = "target/gallery-data";

/// Builds what is not up to date, starts the server and waits for it or for Ctrl-C.
pub(crate) fn run(port: u16, data: &Path, open: bool) -> Result<()> {
    // What nobody can mend comes first: who waits ten minutes for a build wants no busy port at the end.
    server::check_port(port, "stop what uses it, or take another one by --port")?;
    server::check_folder(data)?;
    bundle::make()?;
    let address = format!("http://127.0.0.1:{port}{PUBLIC_URL}en/clients/");
    serve(DIST, data, port, || {
        println!("\nThe account is at {address}\nCtrl-C stops it; everything stays in {}\n", data.display());
        if open {
            open_browser(&address);
        }
    })
}

/// The same for the page of every widget.
pub(crate) fn run_gallery(port: u16) -> Result<()> {
    server::check_port(port, "stop what uses it, or take another one by --port")?;
    gallery::make()?;
    serve(gallery::GALLERY, Path::new(GALLERY_DATA), port, || {
        println!("\nThe widgets are at http://127.0.0.1:{port}{PUBLIC_URL}\n")
    })
}

/// Serves a bundle until the server ends, or Ctrl-C.
fn serve(bundle: &str, data: &Path, port: u16, when_ready: impl FnOnce()) -> Result<()> {
    let program = server::build(Profile::Server)?;
    process::catch_interrupts()?;
    let mut server = server::start(&program, bundle, data, port)?;
    server::wait_until_ready(&mut server, port)?;
    when_ready();
    while !process::is_interrupted() {
        if let Some(status) = server.ended() {
            bail!("the server ended ({status})");
        }
        thread::sleep(Duration::from_millis(100));
    }
    server.stop();
    Ok(())
}

fn open_browser(address: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if shell::command(opener).arg(address).spawn().is_err() {
        println!("{opener} is missing: open the address yourself");
    }
}
