//! The network interfaces of a test.

use nix::sched::{CloneFlags, unshare};
use std::process::Command;

/// A network of this thread alone, and of what it starts. It has loopback, and interfaces that come and go.
pub struct Network(());

impl Network {
    /// # Panics
    /// When this process may not make one.
    pub(crate) fn enter() -> Self {
        unshare(CloneFlags::CLONE_NEWNET).expect("a network of its own, which root may have");
        ip(&["link", "set", "lo", "up"]);
        Self(())
    }

    /// Adds an interface with an address.
    ///
    /// # Panics
    /// When it cannot be added.
    pub fn connect(&self, name: &str, address: &str) {
        let peer = format!("{name}-peer");
        ip(&["link", "add", name, "type", "veth", "peer", "name", &peer]);
        ip(&["address", "add", &format!("{address}/24"), "dev", name]);
        for end in [name, &peer] {
            ip(&["link", "set", end, "up"]);
        }
    }

    /// Removes an interface.
    ///
    /// # Panics
    /// When there is none of this name.
    pub fn disconnect(&self, name: &str) {
        ip(&["link", "delete", name]);
    }
}

fn ip(arguments: &[&str]) {
    let output = Command::new("ip").args(arguments).output().expect("ip runs");
    assert!(output.status.success(), "ip {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
