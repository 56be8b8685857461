//! `cargo xtask run`: from a fresh clone to the account on the screen.

use std::{path::Path, thread, time::Duration};

use anyhow::{Result, bail};

use crate::{
    bundle, process,
    project::{DIST, PUBLIC_URL},
    server::{self, Profile},
    shell,
};

/// Builds what is not up to date, starts the server and waits for it or for Ctrl-C.
pub(crate) fn run(port: u16, data: &Path, open: bool) -> Result<()> {
    // What nobody can mend comes first: who waits ten minutes for a build wants no busy port at the end.
    server::check_port(port, "stop what uses it, or take another one by --port")?;
    server::check_folder(data)?;
    bundle::make()?;
    let program = server::build(Profile::Server)?;

    process::catch_interrupts()?;
    let mut server = server::start(&program, DIST, data, port)?;
    server::wait_until_ready(&mut server, port)?;
    let address = format!("http://127.0.0.1:{port}{PUBLIC_URL}en/clients/");
    println!("\nThe account is at {address}\nCtrl-C stops it; everything stays in {}\n", data.display());
    if open {
        open_browser(&address);
    }
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
