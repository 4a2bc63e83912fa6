//! The network interfaces of a test.

use crate::Ports;
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

    /// The audio of browsers passes through the interfaces alone: on loopback it would find another way by itself.
    ///
    /// # Panics
    /// When the kernel has no such rules.
    pub(crate) fn require_interfaces(&self, ports: &Ports) {
        let range = |(first, last): (u16, u16)| format!("{first}-{last}");
        let (phone, media) = (range(ports.phone_audio()), range(ports.media()));
        for rule in [
            "pref 1 from 10.0.0.0/8 lookup local",
            &format!("pref 2 ipproto udp sport {phone} lookup local"),
            &format!("pref 3 ipproto udp dport {media} prohibit"),
            "pref 4 lookup local",
        ] {
            ip(&["rule", "add"].into_iter().chain(rule.split(' ')).collect::<Vec<_>>());
        }
        // The rule that goes before all others.
        ip(&["rule", "delete", "pref", "0"]);
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
