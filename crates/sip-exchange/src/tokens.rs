//! Tokens of sessions that are passwords for the exchange.

use crate::accounts::Account;
use std::{io, net::Ipv4Addr};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The token of a user, which is another one after each expiry.
pub fn token(account: Account, expiries: u64) -> String {
    format!("{}-token-{expiries}", account.user)
}

/// Lets the exchange accept this token of a user and no other.
///
/// # Errors
/// When the exchange does not answer.
pub async fn accept(port: u16, account: Account, token: &str) -> io::Result<()> {
    let mut exchange = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    let path = format!("/password/{}/{token}", account.user);
    let request = format!("PUT {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n");
    exchange.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    exchange.read_to_string(&mut answer).await?;
    if answer.starts_with("HTTP/1.1 204") { Ok(()) } else { Err(io::Error::other(answer)) }
}
