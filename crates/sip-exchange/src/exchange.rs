//! The exchange: its programs, started in their order.

use crate::{
    accounts::DOMAIN,
    certificate::Certificate,
    config,
    error::{Error, Result, file},
    phone::Phone,
    ports::Ports,
    programs::{self, BARESIP, KAMAILIO, RTPENGINE, TURNSERVER},
    service::Service,
};
use nix::sys::signal::Signal;
use std::{
    fs,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::{net::UdpSocket, process::Command};

/// What is asked of a program again and again until it answers.
const ANSWER_TIMEOUT: Duration = Duration::from_millis(200);

/// How to start an exchange.
#[derive(Clone, Debug)]
pub struct Options {
    /// The certificate of the WebSocket with TLS. Absent when it is not encrypted.
    pub tls: Option<Certificate>,
    /// Whether coturn runs, and browsers may use nothing else for their audio.
    pub turn: bool,
    /// For how long credentials for coturn are accepted.
    pub turn_lifetime: Duration,
    /// Whether the phone answers by itself.
    pub phone_answers: bool,
    /// For how long a called user rings before the exchange answers 408.
    pub ring_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tls: None,
            turn: false,
            turn_lifetime: Duration::from_secs(600),
            phone_answers: true,
            ring_timeout: Duration::from_secs(60),
        }
    }
}

/// A running exchange. Everything ends when it is dropped.
pub struct Exchange {
    options: Options,
    folder: PathBuf,
    ports: Ports,
    kamailio: Service,
    rtpengine: Service,
    _turn: Option<Service>,
    _baresip: Service,
    phone: Phone,
    turn_secret: String,
}

impl Exchange {
    /// Writes the configuration into the folder, starts all programs, and waits until each answers and the phone is registered.
    ///
    /// # Errors
    /// When a program is missing or does not start.
    pub async fn start(folder: &Path, options: Options) -> Result<Self> {
        programs::check_programs()?;
        fs::create_dir_all(folder).map_err(file(folder))?;
        // The programs have another working directory.
        let folder = std::path::absolute(folder).map_err(file(folder))?;
        let ports = Ports::reserve()?;
        config::write(&folder, &ports, &options)?;
        let rtpengine = start_rtpengine(&folder, &ports).await?;
        let kamailio = start_kamailio(&folder, &ports).await?;
        // It is on loopback, and lives as long as the run.
        let turn_secret = format!("secret-{}", std::process::id());
        let turn = if options.turn { Some(start_turn(&folder, &ports, &turn_secret).await?) } else { None };
        let (baresip, phone) = start_baresip(&folder, &ports).await?;
        Ok(Self { options, folder, ports, kamailio, rtpengine, _turn: turn, _baresip: baresip, phone, turn_secret })
    }

    pub fn options(&self) -> &Options {
        &self.options
    }

    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// The phone that is no browser.
    pub fn phone(&self) -> &Phone {
        &self.phone
    }

    /// The folder with the configuration and the logs.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where browsers connect to.
    pub fn websocket(&self) -> String {
        if self.options.tls.is_some() {
            format!("wss://127.0.0.1:{}", self.ports.wss())
        } else {
            format!("ws://127.0.0.1:{}", self.ports.ws())
        }
    }

    pub(crate) fn turn_secret(&self) -> Option<&str> {
        self.options.turn.then_some(self.turn_secret.as_str())
    }

    /// Kills the registrar and proxy, and starts it again: connections and registrations are lost, calls are not.
    ///
    /// # Errors
    /// When it does not start again.
    pub async fn restart(&mut self) -> Result<()> {
        self.kamailio.kill().await;
        self.kamailio = start_kamailio(&self.folder, &self.ports).await?;
        Ok(())
    }

    /// From now on nothing passes through the network, neither SIP nor the audio between browsers and phones, and no connection is
    /// closed.
    pub fn freeze(&self) {
        for service in [&self.kamailio, &self.rtpengine] {
            service.signal(Signal::SIGSTOP);
        }
    }

    /// The network is back.
    pub fn thaw(&self) {
        for service in [&self.kamailio, &self.rtpengine] {
            service.signal(Signal::SIGCONT);
        }
    }

    /// What the registrar and proxy has printed: a line for each request.
    pub fn log(&self) -> String {
        self.kamailio.log()
    }
}

async fn start_rtpengine(folder: &Path, ports: &Ports) -> Result<Service> {
    let (first, last) = ports.media();
    let mut command = Command::new(programs::find(RTPENGINE)?);
    command
        .args([
            "--config-file=none",
            "--foreground",
            "--log-stderr",
            "--table=-1",
            "--num-threads=1",
            "--delete-delay=0",
        ])
        .args(["--interface=127.0.0.1", &format!("--listen-ng=127.0.0.1:{}", ports.ng())])
        .args([format!("--port-min={first}"), format!("--port-max={last}")])
        .arg(format!("--recording-dir={}", folder.join("recordings").display()))
        .args(["--recording-method=pcap", "--recording-format=eth"])
        .arg(format!("--pidfile={}", folder.join("rtpengine.pid").display()));
    let mut service = Service::start(RTPENGINE, &mut command, folder)?;
    let address = ports.ng();
    service.ready(|| answers(address, "1 d7:command4:pinge", "pong")).await?;
    Ok(service)
}

async fn start_kamailio(folder: &Path, ports: &Ports) -> Result<Service> {
    let mut command = Command::new(programs::find(KAMAILIO)?);
    command.arg("-f").arg(folder.join("kamailio.cfg")).args(["-DD", "-E", "-m", "32", "-M", "4"]);
    command.arg("-Y").arg(folder.join("kamailio")).arg("-P").arg(folder.join("kamailio.pid"));
    // One that was killed has left it, and it would not start.
    let _ = fs::remove_file(folder.join("kamailio.pid"));
    let mut service = Service::start(KAMAILIO, &mut command, folder)?;
    let port = ports.sip();
    let request = format!(
        "OPTIONS sip:{DOMAIN} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKready;rport\r\nMax-Forwards: 10\r\nFrom: \
         <sip:ready@{DOMAIN}>;tag=ready\r\nTo: <sip:{DOMAIN}>\r\nCall-ID: ready\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
    );
    service.ready(|| answers(port, &request, "SIP/2.0 200")).await?;
    Ok(service)
}

async fn start_turn(folder: &Path, ports: &Ports, secret: &str) -> Result<Service> {
    let (first, last) = ports.relay();
    let mut command = Command::new(programs::find(TURNSERVER)?);
    command
        .args([
            "-n",
            "--no-tls",
            "--no-dtls",
            "--no-cli",
            "--no-multicast-peers",
            "--allow-loopback-peers",
            "--fingerprint",
        ])
        .args(["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--log-file=stdout", "--simple-log", "--verbose"])
        .args([
            format!("--listening-port={}", ports.turn()),
            format!("--min-port={first}"),
            format!("--max-port={last}"),
        ])
        .args(["--use-auth-secret", &format!("--static-auth-secret={secret}"), &format!("--realm={DOMAIN}")])
        .arg(format!("--pidfile={}", folder.join("turn.pid").display()))
        .arg(format!("--userdb={}", folder.join("turn.db").display()));
    let mut service = Service::start(TURNSERVER, &mut command, folder)?;
    let port = ports.turn();
    // A request to bind, as STUN has it.
    let request = b"\x00\x01\x00\x00\x21\x12\xa4\x42ready-ready-";
    service
        .ready(|| async { exchange_datagram(port, request).await.is_some_and(|answer| answer.starts_with(&[1, 1])) })
        .await?;
    Ok(service)
}

async fn start_baresip(folder: &Path, ports: &Ports) -> Result<(Service, Phone)> {
    let mut command = Command::new(programs::find(BARESIP)?);
    command.arg("-f").arg(folder.join("baresip"));
    let mut service = Service::start(BARESIP, &mut command, folder)?;
    let port = ports.control();
    // The first connection is kept, as the phone accepts no second one.
    let phone = tokio::sync::Mutex::new(None);
    service
        .ready(|| async {
            let mut phone = phone.lock().await;
            if phone.is_none() {
                *phone = Phone::connect(port, ports.phone_audio()).await.ok();
            }
            let Some(phone) = phone.as_ref() else { return false };
            phone.command("reginfo", "").await.is_ok_and(|text| text.matches("OK").count() == 2)
        })
        .await?;
    let phone = phone.into_inner().ok_or_else(|| Error::Phone("it is not connected".to_owned()))?;
    Ok((service, phone))
}

/// Whether a datagram with this text is answered by one with that text in it.
async fn answers(port: u16, request: &str, expected: &str) -> bool {
    let answer = exchange_datagram(port, request.as_bytes()).await;
    answer.is_some_and(|answer| String::from_utf8_lossy(&answer).contains(expected))
}

async fn exchange_datagram(port: u16, request: &[u8]) -> Option<Vec<u8>> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.ok()?;
    socket.connect((Ipv4Addr::LOCALHOST, port)).await.ok()?;
    socket.send(request).await.ok()?;
    let mut buffer = vec![0; 2048];
    let received = tokio::time::timeout(ANSWER_TIMEOUT, socket.recv(&mut buffer)).await.ok()?.ok()?;
    buffer.truncate(received);
    Some(buffer)
}
