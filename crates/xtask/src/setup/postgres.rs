//! A temporary PostgreSQL server on a free port, with its own data folder. If PostgreSQL is missing, this module tries
//! to install Debian's package.

use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::debian;
use crate::{
    process::Running,
    project,
    shell::{capture, command, run},
};

/// Folder in which Debian installs each version of PostgreSQL in its own subfolder.
const VERSIONS: &str = "/usr/lib/postgresql";
/// Name of the database user. If this process is root, the server also runs as the system user of this name, because
/// PostgreSQL refuses to run as root. Debian's package creates the system user.
const USER: &str = "postgres";
const START_TIME: Duration = Duration::from_secs(30);
const SETTINGS: &[&str] =
    &["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300", "log_min_messages=panic"];
/// Settings that make tests faster. The many small databases of the tests do not have to survive a crash of the
/// machine.
const NOT_DURABLE: &[&str] = &["fsync=off", "full_page_writes=off", "autovacuum=off"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Tests: commits do not wait for the disk, so a crash of the machine loses data.
    Tests,
    /// Benchmarks: every commit waits for the disk, as in production.
    Benchmarks,
}

/// A running PostgreSQL server. Dropping this value stops the server and removes its data folder.
pub(crate) struct Cluster {
    server: Running,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Installs PostgreSQL if it is missing, then creates a data folder and starts a server.
    pub(crate) fn start(purpose: Purpose) -> Result<Self> {
        let programs = programs()?;
        let folder = folder();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        if debian::is_root() {
            run(command("chown").arg(USER).arg(&folder))?;
        }
        let mut init = as_user(&programs.join("initdb"));
        init.args(["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]);
        if capture(init.arg("--pgdata").arg(&folder)).is_none() {
            bail!("PostgreSQL cannot create a cluster in {}", folder.display());
        }
        let mut server = as_user(&programs.join("postgres"));
        server.arg("-D").arg(&folder).args(["-p", &port.to_string()]);
        let not_durable = if purpose == Purpose::Tests { NOT_DURABLE } else { &[] };
        server.args(SETTINGS.iter().chain(not_durable).flat_map(|setting| ["-c", setting]));
        let mut cluster = Self { server: Running::start(server.current_dir("/"))?, folder, port };
        cluster.wait_until_ready(&programs)?;
        Ok(cluster)
    }

    /// Returns the URL of the default database. The server tests create more databases through it; benchmarks and
    /// deployment tests use it directly.
    pub(crate) fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        let deadline = Instant::now() + START_TIME;
        let port = self.port.to_string();
        while capture(command(programs.join("pg_isready")).args(["-q", "-h", "127.0.0.1", "-p", &port])).is_none() {
            if let Some(status) = self.server.ended() {
                bail!("PostgreSQL ended before it was ready ({status})");
            }
            if Instant::now() > deadline {
                bail!("PostgreSQL was not ready after {} s", START_TIME.as_secs());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.server.stop();
        // Ignore errors: a leftover folder is harmless, because its name contains the id of this process.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Returns a path for the data folder. If this process is root, the folder is outside `target/`, because the user
/// `postgres` may have no access to `target/`.
fn folder() -> PathBuf {
    let parent = if debian::is_root() { std::env::temp_dir() } else { project::root().join(project::target_dir()) };
    parent.join(format!("partner-postgres-{}", std::process::id()))
}

fn as_user(program: &Path) -> Command {
    if !debian::is_root() {
        return command(program);
    }
    let mut command = command("setpriv");
    command.args(["--reuid", USER, "--regid", USER, "--clear-groups", "--"]).arg(program).current_dir("/");
    command
}

pub(crate) fn install() -> Result<()> {
    programs().map(|_| ())
}

/// Returns the folder with the programs of the latest installed version. Installs PostgreSQL if it is missing.
fn programs() -> Result<PathBuf> {
    if let Some(found) = latest() {
        return Ok(found);
    }
    if !debian::may_install() {
        bail!("PostgreSQL is missing: run `apt-get install postgresql` as root");
    }
    debian::install(&["postgresql"], "the server tests run on it, too")?;
    latest().with_context(|| format!("PostgreSQL is installed, but not found in {VERSIONS}"))
}

fn latest() -> Option<PathBuf> {
    let versions = fs::read_dir(VERSIONS).ok()?.flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        let programs = entry.path().join("bin");
        programs.join("postgres").is_file().then_some((version, programs))
    });
    versions.max().map(|(_, programs)| programs)
}
