//! The ports of one exchange. All are on 127.0.0.1.

use crate::error::{Error, Result};
use std::net::{Ipv4Addr, TcpListener};

/// Below the ports that systems hand out by themselves.
const FIRST: u16 = 20_000;
const PORTS_EACH: u16 = 400;
const EXCHANGES: u16 = 30;

/// A block of ports that no other exchange on this machine has while this exists.
#[derive(Debug)]
pub struct Ports {
    base: u16,
    /// The first port of the block: listening there reserves all of it.
    _reserved: TcpListener,
}

impl Ports {
    /// # Errors
    /// When all blocks are reserved.
    pub fn reserve() -> Result<Self> {
        let blocks = (0..EXCHANGES).map(|block| FIRST + block * PORTS_EACH);
        let reserve = |base| Some(Self { base, _reserved: TcpListener::bind((Ipv4Addr::LOCALHOST, base)).ok()? });
        blocks.filter_map(reserve).next().ok_or(Error::NoPorts)
    }

    /// SIP over UDP.
    pub fn sip(&self) -> u16 {
        self.base + 1
    }

    /// SIP over WebSocket.
    pub fn ws(&self) -> u16 {
        self.base + 2
    }

    /// The same with TLS.
    pub fn wss(&self) -> u16 {
        self.base + 3
    }

    /// The control of rtpengine.
    pub(crate) fn ng(&self) -> u16 {
        self.base + 4
    }

    /// SIP of the phone. It takes the next port for TLS.
    pub(crate) fn phone(&self) -> u16 {
        self.base + 6
    }

    /// The control of the phone.
    pub(crate) fn control(&self) -> u16 {
        self.base + 8
    }

    /// TURN and STUN. coturn takes the next port too.
    pub fn turn(&self) -> u16 {
        self.base + 10
    }

    /// The audio of the phone: first and last port.
    pub fn phone_audio(&self) -> (u16, u16) {
        (self.base + 20, self.base + 99)
    }

    /// The audio of rtpengine: first and last port.
    pub fn media(&self) -> (u16, u16) {
        (self.base + 100, self.base + 299)
    }

    /// What coturn relays: first and last port.
    pub(crate) fn relay(&self) -> (u16, u16) {
        (self.base + 300, self.base + 399)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_exchanges_have_no_port_in_common() {
        let (first, second) = (Ports::reserve().unwrap(), Ports::reserve().unwrap());
        assert!(first.base.abs_diff(second.base) >= PORTS_EACH);
        assert!(first.relay().1 - first.base < PORTS_EACH);
    }

    #[test]
    fn the_last_block_ends_below_the_ports_of_the_system() {
        assert!(u32::from(FIRST) + u32::from(PORTS_EACH) * u32::from(EXCHANGES) < 32_768);
    }
}
