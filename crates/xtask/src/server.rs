//! Builds and starts the reference server, and checks its port and data folder first.

use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    process::{Running, is_interrupted},
    project, shell,
};

/// Time for the server to become ready. The first start takes longest, because it fills the database with demonstration
/// data.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// The server program to build, and how to compile it.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    /// The program that is deployed, without demonstration data.
    Server,
    /// The program with demonstration data, compiled with optimisation.
    Demo,
    /// The program with demonstration data, compiled quickly.
    Dev,
    /// The program with demonstration data and fault injection, compiled quickly.
    Faulty,
}

pub(crate) fn build(profile: Profile) -> Result<PathBuf> {
    let (package, program, name, folder) = match profile {
        Profile::Server => ("partner-server", "partner-server", "server", "server"),
        Profile::Demo => ("partner-demo", "partner-server-demo", "server", "server"),
        Profile::Dev => ("partner-demo", "partner-server-demo", "dev", "debug"),
        Profile::Faulty => ("partner-demo", "partner-server-faults", "faults", "faults"),
    };
    shell::run(&mut shell::cargo(&["build", "--profile", name, "--package", package, "--bin", program]))?;
    Ok(project::target_dir().join(folder).join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
}

/// Fails if the port is in use. The error message ends with `advice`.
pub(crate) fn check_port(port: u16, advice: &str) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => bail!("cannot listen on port {port} ({error}): {advice}"),
    }
}

/// Fails if the data folder cannot be created or written to.
pub(crate) fn check_folder(folder: &Path) -> Result<()> {
    let probe = folder.join(".writable");
    fs::create_dir_all(folder).and_then(|()| fs::write(&probe, "")).and_then(|()| fs::remove_file(&probe)).with_context(
        || format!("cannot write to the data folder {}; choose another one with --data", folder.display()),
    )
}

/// Starts the server with demonstration data.
pub(crate) fn start(program: &Path, bundle: &str, data: &Path, port: u16) -> Result<Running> {
    let mut server = shell::command(program);
    // Unless `RUST_LOG` is set, log warnings only, because a log line for each request would hide the sign-in
    // instructions.
    if std::env::var_os("RUST_LOG").is_none() {
        server.env("RUST_LOG", "warn");
    }
    server.args(["serve", "--demo", "--bundle", bundle, "--listen", &format!("127.0.0.1:{port}"), "--data"]);
    Running::start(server.arg(data))
}

/// Waits until the server reports that it is ready, or until Ctrl-C is pressed.
pub(crate) fn wait_until_ready(server: &mut Running, port: u16) -> Result<()> {
    let deadline = Instant::now() + START_TIMEOUT;
    while !is_ready(port) {
        if let Some(status) = server.ended() {
            bail!("the server stopped before it was ready ({status})");
        }
        if is_interrupted() {
            return Ok(());
        }
        if Instant::now() > deadline {
            bail!("the server was not ready after {} s", START_TIMEOUT.as_secs());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Asks the server whether it is ready. Writes the HTTP request by hand, because that needs less code than a library.
fn is_ready(port: u16) -> bool {
    let status = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    status().is_ok_and(|status| status.ends_with(" 200"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_names_the_busy_port() {
        let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = holder.local_addr().unwrap().port();
        let error = check_port(port, "stop the other program").unwrap_err().to_string();
        assert!(error.contains(&port.to_string()) && error.contains("stop the other program"), "{error}");
    }

    #[test]
    fn error_names_the_data_folder() {
        let file = std::env::temp_dir().join(format!("xtask-file-{}", std::process::id()));
        fs::write(&file, "").unwrap();
        let error = check_folder(&file.join("data")).unwrap_err().to_string();
        fs::remove_file(&file).unwrap();
        assert!(error.contains("data folder"), "{error}");
    }
}
