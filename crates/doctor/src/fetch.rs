//! Requests as a browser makes them. Redirects are followed by hand, so that each can be reported.

use crate::certificate::{Recorder, Shown};
use http_body_util::{BodyExt, Empty};
use hyper::{
    Request,
    body::Bytes,
    header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, LOCATION, USER_AGENT},
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::pki_types::CertificateDer;
use std::{error::Error, sync::Arc, time::Duration};
use url::Url;

/// As many as browsers follow.
const MOST_REDIRECTS: usize = 20;
/// What the doctor calls itself in the server's log.
const NAME: &str = "calling-widget-doctor";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Encoding {
    Identity,
    Compressed,
}

impl Encoding {
    fn accepted(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Compressed => "br, gzip",
        }
    }
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub url: Url,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// The values of a header, one after the other. `None` when there is none.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<_> =
            self.headers.get_all(name).iter().map(|it| String::from_utf8_lossy(it.as_bytes())).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The type without its parameters, in lower case.
    pub fn mime(&self) -> Option<String> {
        let value = self.header("content-type")?;
        Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }

    /// Where a redirect leads.
    pub fn redirect(&self) -> Option<Url> {
        let location = (300..400).contains(&self.status).then(|| self.headers.get(LOCATION)).flatten()?;
        self.url.join(location.to_str().ok()?).ok()
    }
}

/// The answers from the given address to the page.
pub struct Chain {
    pub redirects: Vec<Answer>,
    pub page: Answer,
}

/// Makes requests, and remembers the certificates.
pub struct Fetcher {
    client: Client<HttpsConnector<HttpConnector>, Empty<Bytes>>,
    timeout: Duration,
    recorder: Arc<Recorder>,
}

impl Fetcher {
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(timeout: Duration, further_roots: &[CertificateDer<'static>]) -> Result<Self, String> {
        let recorder = Recorder::new(further_roots)?;
        let connector = HttpsConnectorBuilder::new().with_tls_config(recorder.client()?).https_or_http().enable_http1();
        let client = Client::builder(TokioExecutor::new()).build(connector.build());
        Ok(Self { client, timeout, recorder })
    }

    /// The certificate of the server that was asked last.
    pub fn certificate(&self) -> Option<Shown> {
        self.recorder.last()
    }

    /// # Errors
    /// The reason, when there is no answer.
    pub async fn get(&self, url: &Url, encoding: Encoding) -> Result<Answer, String> {
        let request = Request::get(url.as_str())
            .header(ACCEPT, "*/*")
            .header(ACCEPT_ENCODING, encoding.accepted())
            .header(USER_AGENT, NAME)
            .body(Empty::new())
            .map_err(|error| error.to_string())?;
        let exchange = async {
            let response = self.client.request(request).await.map_err(|error| deepest(&error))?;
            let (head, body) = response.into_parts();
            let body = body.collect().await.map_err(|error| deepest(&error))?.to_bytes().to_vec();
            Ok(Answer { url: url.clone(), status: head.status.as_u16(), headers: head.headers, body })
        };
        let no_answer = |_| Err(format!("no whole answer within {} s", self.timeout.as_secs()));
        tokio::time::timeout(self.timeout, exchange).await.unwrap_or_else(no_answer)
    }

    /// Follows redirects to the page.
    ///
    /// # Errors
    /// The reason, when there is no page at the end.
    pub async fn follow(&self, url: &Url) -> Result<Chain, String> {
        let mut redirects = Vec::new();
        let mut next = url.clone();
        while redirects.len() < MOST_REDIRECTS {
            let answer = self.get(&next, Encoding::Identity).await.map_err(|reason| format!("{next}: {reason}"))?;
            match answer.redirect() {
                Some(target) => {
                    next = target;
                    redirects.push(answer);
                }
                None => return Ok(Chain { redirects, page: answer }),
            }
        }
        Err(format!("{url} redirects more than {MOST_REDIRECTS} times; browsers give up"))
    }
}

/// The cause at the bottom says most: "Connection refused", "certificate …".
fn deepest(error: &dyn Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}
