//! Child processes that run in the background until this command stops them, such as the server, Trunk and PostgreSQL.

use std::{
    process::{Child, Command, ExitStatus},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

static IS_INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Time for which a program may run after it was interrupted. After this time, the program is killed.
const STOP_TIMEOUT: Duration = Duration::from_secs(10);

/// Makes Ctrl-C set a flag instead of ending this process, so that this process can stop its children first.
pub(crate) fn catch_interrupts() -> Result<()> {
    ctrlc::set_handler(|| IS_INTERRUPTED.store(true, Ordering::Relaxed)).context("cannot handle Ctrl-C")
}

pub(crate) fn is_interrupted() -> bool {
    IS_INTERRUPTED.load(Ordering::Relaxed)
}

/// A running program. Dropping this value stops it.
pub(crate) struct Running {
    child: Child,
}

impl Running {
    /// Starts a program in its own process group, so that the terminal's Ctrl-C does not reach the program.
    /// [`Running::stop`] interrupts the group.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().with_context(|| format!("cannot start {program}"))?;
        Ok(Self { child })
    }

    /// Returns the exit status of the program, or `None` if it is still running.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Interrupts the program and its children, and waits for the program to exit. Kills it after [`STOP_TIMEOUT`].
    pub(crate) fn stop(&mut self) {
        if self.ended().is_some() {
            return;
        }
        interrupt(self.child.id());
        let deadline = Instant::now() + STOP_TIMEOUT;
        while self.ended().is_none() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(20));
        }
        // Ignore errors, because the program may have exited already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Interrupts a process group. Uses the shell's built-in `kill`, because the program `kill` may be missing; all shells
/// accept this syntax.
fn interrupt(group: u32) {
    let _ = Command::new("sh").args(["-c", &format!("kill -s INT -- -{group}")]).status();
}
