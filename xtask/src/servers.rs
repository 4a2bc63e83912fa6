//! Child processes that end together: when one of them ends, or when this program is interrupted or terminated.

use crate::{
    error::{Error, Result},
    process,
};
use std::{
    process::{Child, Command},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

/// Between two looks at the children.
const POLL_INTERVAL: Duration = Duration::from_millis(200);
/// How long children have to end by themselves before they are killed.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// Running servers. They are stopped when this is dropped.
pub struct Servers {
    children: Vec<Child>,
    interrupts: Receiver<()>,
}

impl Servers {
    /// # Errors
    /// When the handler for Ctrl+C cannot be set. It can be set once in a program.
    pub fn new() -> Result<Self> {
        let (sender, interrupts) = channel();
        ctrlc::set_handler(move || {
            // It fails when the servers are being stopped already.
            let _ = sender.send(());
        })?;
        Ok(Self { children: Vec::new(), interrupts })
    }

    /// Starts a server, with everything that it starts itself in a process group of its own.
    pub fn start(&mut self, command: &mut Command) -> Result<()> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        self.children.push(process::spawn(command)?);
        Ok(())
    }

    /// Waits for an interrupt, and stops all servers then. Calls `each_poll` several times a second meanwhile.
    ///
    /// # Errors
    /// When a server ends by itself.
    pub fn run(mut self, mut each_poll: impl FnMut()) -> Result<()> {
        loop {
            match self.interrupts.recv_timeout(POLL_INTERVAL) {
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.children.iter_mut().any(has_ended) {
                return Err(Error::ServerEnded);
            }
            each_poll();
        }
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        self.children.iter_mut().for_each(terminate);
        let start = Instant::now();
        while !self.children.iter_mut().all(has_ended) && start.elapsed() < STOP_TIMEOUT {
            thread::sleep(Duration::from_millis(20));
        }
        for child in &mut self.children {
            // Errors say that it has ended.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn has_ended(child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}

/// Asks a child's whole process group to end: trunk has started cargo, and cargo rustc.
#[cfg(unix)]
fn terminate(child: &mut Child) {
    use nix::{
        sys::signal::{Signal, killpg},
        unistd::Pid,
    };
    if let Ok(group) = i32::try_from(child.id()) {
        // It fails when the whole group has ended.
        let _ = killpg(Pid::from_raw(group), Signal::SIGTERM);
    }
}

#[cfg(not(unix))]
fn terminate(child: &mut Child) {
    let _ = child.kill();
}
