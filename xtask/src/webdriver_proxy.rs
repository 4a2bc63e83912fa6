//! A proxy between `wasm-bindgen-test-runner` and chromedriver that takes a picture of the page before its window closes: the
//! runner keeps the console of failed tests, but not what the page showed.

use crate::{
    error::{Error, Result},
    process,
};
use local_machine::Driver;
use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
};

/// A running driver behind a proxy. Both end with it.
pub struct WebDriverProxy {
    _driver: Driver,
    pub url: String,
}

struct Message {
    /// `GET /status HTTP/1.1` or `HTTP/1.1 200 OK`.
    first: String,
    body: Vec<u8>,
}

/// Starts the driver and the proxy. The picture of the n-th page goes to `page-n.png` in `pictures`.
pub fn start(driver: &Path, pictures: PathBuf) -> Result<WebDriverProxy> {
    let failed = |source| Error::Start { program: driver.to_string_lossy().into_owned(), source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(failed)?;
    let url = format!("http://{}", listener.local_addr().map_err(failed)?);
    let driver = Driver::start(driver, &std::env::temp_dir())?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, driver.port()));
    let proxy = WebDriverProxy { _driver: driver, url };
    thread::spawn(move || {
        let mut taken = 0;
        // The runner sends one request after the other.
        for stream in listener.incoming().flatten() {
            if let Err(error) = pass_on(stream, address, &pictures, &mut taken) {
                eprintln!("    the proxy of the driver: {error}");
            }
        }
    });
    Ok(proxy)
}

fn pass_on(mut runner: TcpStream, driver: SocketAddr, pictures: &Path, taken: &mut usize) -> io::Result<()> {
    let request = read(&runner)?;
    if request.body.is_empty() && request.first.is_empty() {
        return Ok(());
    }
    if let Some(session) = closed_session(&request.first) {
        let ask = Message { first: format!("GET /session/{session}/screenshot HTTP/1.1"), body: Vec::new() };
        // Without a picture the tests go on all the same.
        match exchange(driver, &ask).map(|answer| picture_in(&answer.body)) {
            Ok(Some(picture)) => {
                *taken += 1;
                let _ = process::write(&pictures.join(format!("page-{taken}.png")), &picture);
            }
            Ok(None) => eprintln!("    the driver took no picture of the page"),
            Err(error) => eprintln!("    no picture of the page: {error}"),
        }
    }
    let answer = exchange(driver, &request)?;
    write(&mut runner, &answer, driver)
}

fn exchange(driver: SocketAddr, request: &Message) -> io::Result<Message> {
    let mut stream = TcpStream::connect(driver)?;
    write(&mut stream, request, driver)?;
    read(&stream)
}

fn read(stream: &TcpStream) -> io::Result<Message> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Message { first: first.trim_end().to_owned(), body })
}

fn write(stream: &mut TcpStream, message: &Message, driver: SocketAddr) -> io::Result<()> {
    let Message { first, body } = message;
    let head = format!(
        "{first}\r\nHost: {driver}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\nConnection: \
         close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)
}

/// The session whose window, or which itself, a request closes.
fn closed_session(request: &str) -> Option<&str> {
    request.strip_prefix("DELETE /session/")?.split(['/', ' ']).next()
}

fn picture_in(answer: &[u8]) -> Option<Vec<u8>> {
    let (_, value) = std::str::from_utf8(answer).ok()?.split_once("\"value\":\"")?;
    from_base64(value.split_once('"')?.0)
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read() {
        for (text, bytes) in [("", &b""[..]), ("Zg==", b"f"), ("Zm8=", b"fo"), ("Zm9v", b"foo"), ("+/8=", &[251, 255])]
        {
            assert_eq!(from_base64(text).as_deref(), Some(bytes), "{text}");
        }
        assert_eq!(from_base64("Zm9\n"), None);
    }

    #[test]
    fn the_picture_is_the_value_of_the_answer() {
        assert_eq!(picture_in(br#"{"value":"Zm9v"}"#).as_deref(), Some(&b"foo"[..]));
        assert_eq!(picture_in(br#"{"value":{"error":"no such window"}}"#), None);
    }

    #[test]
    fn a_picture_is_taken_when_a_window_closes() {
        assert_eq!(closed_session("DELETE /session/abc/window HTTP/1.1"), Some("abc"));
        assert_eq!(closed_session("DELETE /session/abc HTTP/1.1"), Some("abc"));
        assert_eq!(closed_session("GET /session/abc/window HTTP/1.1"), None);
    }
}
