//! How loud the audio is that the phone receives: read from its packets on loopback. The phone's own meter ends with the first change of
//! a call.

use nix::{
    errno::Errno,
    sys::{
        socket::{
            AddressFamily, MsgFlags, SockFlag, SockProtocol, SockType, recv, setsockopt, socket,
            sockopt::ReceiveTimeout,
        },
        time::{TimeVal, TimeValLike},
    },
};
use std::{
    os::fd::{AsRawFd, OwnedFd},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// The level of a frame that can be heard: in dBov, of which 0 is the loudest. [`crate::voice`] has some -20 in its syllables, and PCMU's
/// silence is -72 or less.
const AUDIBLE: f64 = -45.0;
/// Longer than the pauses of [`crate::voice`], several times over.
const SILENT_FOR: Duration = Duration::from_millis(1_500);
const INTERVAL: Duration = Duration::from_millis(50);

/// It ends when it is dropped.
pub struct Monitor {
    state: Arc<Mutex<State>>,
    is_over: Arc<AtomicBool>,
}

#[derive(Default)]
struct State {
    frames: u64,
    /// When the last frame came that can be heard.
    heard: Option<Instant>,
}

impl Monitor {
    /// Monitors the audio that arrives at these ports.
    ///
    /// # Errors
    /// When this process may not read all packets, as only root may.
    pub fn start(ports: (u16, u16)) -> nix::Result<Self> {
        let socket = socket(AddressFamily::Packet, SockType::Raw, SockFlag::empty(), SockProtocol::EthAll)?;
        // So that the thread sees when it is over.
        setsockopt(&socket, ReceiveTimeout, &TimeVal::milliseconds(200))?;
        let monitor = Self { state: Arc::default(), is_over: Arc::default() };
        let (state, is_over) = (monitor.state.clone(), monitor.is_over.clone());
        thread::spawn(move || read(&socket, ports, &state, &is_over));
        Ok(monitor)
    }

    /// How many frames of audio have come so far, each of 20 ms.
    pub fn frames(&self) -> u64 {
        locked(&self.state).frames
    }

    /// Waits until something can be heard that comes from now on.
    pub async fn voice(&self) {
        let from = Instant::now();
        while locked(&self.state).heard.is_none_or(|heard| heard <= from) {
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// Waits until nothing could be heard for 1.5 seconds from now on.
    pub async fn silence(&self) {
        let from = Instant::now();
        loop {
            let heard = locked(&self.state).heard.unwrap_or(from).max(from);
            if heard.elapsed() >= SILENT_FOR {
                return;
            }
            tokio::time::sleep(INTERVAL).await;
        }
    }
}

impl Drop for Monitor {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(socket: &OwnedFd, ports: (u16, u16), state: &Mutex<State>, is_over: &AtomicBool) {
    let mut buffer = [0; 2048];
    while !is_over.load(Ordering::Relaxed) {
        match recv(socket.as_raw_fd(), &mut buffer, MsgFlags::empty()) {
            Ok(length) => {
                if let Some(level) = audio(&buffer[..length], ports).map(level) {
                    let mut state = locked(state);
                    state.frames += 1;
                    if level > AUDIBLE {
                        state.heard = Some(Instant::now());
                    }
                }
            }
            Err(Errno::EAGAIN | Errno::EINTR) => {}
            Err(_) => return,
        }
    }
}

/// The PCMU in an Ethernet frame with an RTP packet for one of the ports.
fn audio(frame: &[u8], (first, last): (u16, u16)) -> Option<&[u8]> {
    let ip = frame.get(14..)?;
    // IPv4 with UDP.
    if frame.get(12..14)? != [0x08, 0x00] || *ip.get(9)? != 17 {
        return None;
    }
    let udp = ip.get(usize::from(ip[0] & 0x0f) * 4..)?;
    let port = u16::from_be_bytes([*udp.get(2)?, *udp.get(3)?]);
    let rtp = udp.get(8..)?;
    // Version 2, payload type 0: RTCP and digits have others.
    if !(first..=last).contains(&port) || rtp.first()? >> 6 != 2 || rtp.get(1)? & 0x7f != 0 {
        return None;
    }
    let sources = usize::from(rtp[0] & 0x0f);
    rtp.get(12 + sources * 4..).filter(|audio| !audio.is_empty())
}

/// In dBov.
fn level(pcmu: &[u8]) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a frame has 160 samples")]
    let count = pcmu.len() as f64;
    let energy: f64 = pcmu.iter().map(|byte| linear(*byte).powi(2)).sum();
    10.0 * (energy / count).max(f64::MIN_POSITIVE).log10()
}

/// A sample of G.711 µ-law, from -1 to 1.
fn linear(byte: u8) -> f64 {
    let byte = !byte;
    let (exponent, mantissa) = (u32::from(byte >> 4 & 0x07), u32::from(byte & 0x0f));
    let magnitude = f64::from(((mantissa * 2 + 33) << exponent) - 33) / 8_031.0;
    if byte & 0x80 == 0 { magnitude } else { -magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(port: u16, payload_type: u8, audio: &[u8]) -> Vec<u8> {
        let mut frame = vec![0; 12];
        frame.extend([0x08, 0x00, 0x45]);
        frame.extend([0; 8]);
        frame.push(17);
        frame.extend([0; 10]);
        frame.extend([0, 1]);
        frame.extend(port.to_be_bytes());
        frame.extend([0; 4]);
        frame.extend([0x80, payload_type]);
        frame.extend([0; 10]);
        frame.extend(audio);
        frame
    }

    #[test]
    fn only_the_audio_of_the_phone_is_taken() {
        let ports = (20_020, 20_099);
        assert_eq!(audio(&packet(20_020, 0, &[1, 2]), ports), Some(&[1, 2][..]));
        // With the marker of a first packet.
        assert_eq!(audio(&packet(20_099, 0x80, &[1]), ports), Some(&[1][..]));
        for (port, kind) in [(20_019, 0), (20_100, 0), (20_020, 101), (20_020, 200)] {
            assert_eq!(audio(&packet(port, kind, &[1]), ports), None, "{port} {kind}");
        }
        let whole = packet(20_020, 0, &[1]);
        for length in 0..whole.len() {
            assert_eq!(audio(&whole[..length], ports), None, "{length}");
        }
    }

    #[test]
    fn levels_are_those_of_the_samples() {
        assert!(level(&[0xff; 160]) < -100.0, "silence");
        assert!(level(&[0x80; 160]).abs() < 0.1, "the loudest sample");
        assert!(level(&[0x00; 160]).abs() < 0.1, "the loudest negative sample");
        assert!(level(&[0x7e; 160]) < -70.0, "the smallest sample");
    }
}
