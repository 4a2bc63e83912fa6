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
    /// How often the connections so far were cut, and how often stalled.
    cuts: watch::Sender<u64>,
    stalls: watch::Sender<u64>,
}

impl Link {
    /// Opens a port that leads to another one.
    ///
    /// # Errors
    /// When it cannot listen.
    pub async fn to(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let link = Self { port: listener.local_addr()?.port(), cuts: watch::channel(0).0, stalls: watch::channel(0).0 };
        let (cuts, stalls) = (link.cuts.subscribe(), link.stalls.subscribe());
        tokio::spawn(async move {
            while let Ok((mut browser, _)) = listener.accept().await {
                let (mut cuts, mut stalls) = (cuts.clone(), stalls.clone());
                cuts.mark_unchanged();
                stalls.mark_unchanged();
                tokio::spawn(async move {
                    let Ok(mut exchange) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else { return };
                    tokio::select! {
                        // Both may end a connection.
                        _ = copy_bidirectional(&mut browser, &mut exchange) => {}
                        _ = cuts.changed() => {}
                        // They stay open, and nothing passes.
                        _ = stalls.changed() => std::future::pending().await,
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

    /// From now on nothing passes through the connections that are open, as when the network is another. New ones can be made.
    pub fn stall(&self) {
        self.stalls.send_modify(|count| *count += 1);
    }

    /// Closes all connections. New ones can be made.
    pub fn cut(&self) {
        self.cuts.send_modify(|count| *count += 1);
    }
}
