//! The way from the browser to the exchange, which can be cut.

use crate::Settings;
use e2e::json;
use std::{io, net::Ipv4Addr};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A port that leads to the WebSocket of an exchange.
pub struct Link {
    port: u16,
    /// How often the connections so far were cut.
    cuts: watch::Sender<u64>,
    is_stalled: watch::Sender<bool>,
}

impl Link {
    /// Opens a port that leads to another one.
    ///
    /// # Errors
    /// When it cannot listen.
    pub async fn to(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let link = Self {
            port: listener.local_addr()?.port(),
            cuts: watch::channel(0).0,
            is_stalled: watch::channel(false).0,
        };
        let (cuts, is_stalled) = (link.cuts.subscribe(), link.is_stalled.subscribe());
        tokio::spawn(async move {
            while let Ok((mut browser, _)) = listener.accept().await {
                let (mut cuts, mut is_stalled) = (cuts.clone(), is_stalled.clone());
                cuts.mark_unchanged();
                tokio::spawn(async move {
                    let _ = is_stalled.wait_for(|is_stalled| !is_stalled).await;
                    let Ok(mut exchange) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else { return };
                    tokio::select! {
                        // Both may end a connection.
                        _ = copy_bidirectional(&mut browser, &mut exchange) => {}
                        _ = cuts.changed() => {}
                        // It stays open, and never transmits anything any more.
                        () = stalled(is_stalled) => std::future::pending().await,
                    }
                });
            }
        });
        Ok(link)
    }

    /// What makes the widget use it.
    pub fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        settings.sip.insert("server".into(), json!(format!("ws://127.0.0.1:{}", self.port)));
        settings
    }

    /// The network is gone: no connection transmits anything, and none is closed.
    pub fn stall(&self) {
        self.is_stalled.send_replace(true);
    }

    /// There is another network: new connections work.
    pub fn restore(&self) {
        self.is_stalled.send_replace(false);
    }

    /// Closes all connections. New ones can be made.
    pub fn cut(&self) {
        self.cuts.send_modify(|count| *count += 1);
    }
}

/// Ready when the network is gone.
async fn stalled(mut is_stalled: watch::Receiver<bool>) {
    let _ = is_stalled.wait_for(|is_stalled| *is_stalled).await;
}
