//! Ports on the loopback addresses.

use std::{
    io::{self, ErrorKind},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

/// How long a server on this machine has to accept a connection.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(2);

/// Why a port cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    #[error("port {0} is in use")]
    Busy(u16),
    #[error("port {port} cannot be opened: {source}")]
    Open { port: u16, source: io::Error },
}

/// Checks that nothing listens at this port of the loopback addresses, and that this program may.
///
/// # Errors
/// [`PortError`] if not.
pub fn check_port(port: u16) -> Result<(), PortError> {
    for address in [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)] {
        let address = SocketAddr::new(address, port);
        // On some systems one may bind beside a server that listens on every address.
        if TcpStream::connect_timeout(&address, ANSWER_TIMEOUT).is_ok() {
            return Err(PortError::Busy(port));
        }
        match TcpListener::bind(address) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(PortError::Busy(port)),
            // A machine without IPv6.
            Err(_) if address.is_ipv6() => {}
            Err(source) => return Err(PortError::Open { port, source }),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_named() {
        // Another program may take a port as soon as it is free; not each time.
        let is_free_again = (0..10).any(|_| {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            let port = listener.local_addr().unwrap().port();
            assert!(matches!(check_port(port), Err(PortError::Busy(busy)) if busy == port));
            drop(listener);
            check_port(port).is_ok()
        });
        assert!(is_free_again);
    }
}
