//! Whether this process can reach other machines.

use std::fs;

/// Whether the only network interface is loopback, as in a network namespace that has just been made.
pub fn is_isolated() -> bool {
    // Threads can have networks of their own.
    let devices = fs::read_to_string("/proc/thread-self/net/dev").unwrap_or_default();
    only_loopback(&devices)
}

fn only_loopback(devices: &str) -> bool {
    let mut names = devices.lines().filter_map(|line| Some(line.split_once(':')?.0.trim())).peekable();
    names.peek().is_some() && names.all(|name| name == "lo")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_interface_than_loopback_reaches_other_machines() {
        let header = "Inter-|   Receive  |  Transmit\n face |bytes packets|bytes\n";
        assert!(only_loopback(&format!("{header}    lo: 1 2 3\n")));
        assert!(!only_loopback(&format!("{header}    lo: 1 2 3\n  eth0: 1 2 3\n")));
        assert!(!only_loopback(""));
    }
}
