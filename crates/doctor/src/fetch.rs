//! Requests as a browser makes them. Redirects are followed by hand, so that each can be reported.

use crate::certificate::{Recorder, Shown};
use reqwest::{
    Client,
    header::{ACCEPT_ENCODING, HeaderMap, LOCATION},
    redirect::Policy,
};
use rustls::pki_types::CertificateDer;
use std::{error::Error, sync::Arc, time::Duration};
use url::Url;

/// As many as browsers follow.
const MOST_REDIRECTS: usize = 20;
/// What the doctor calls itself in the server's log.
const USER_AGENT: &str = "calling-widget-doctor";

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
        let values: Vec<_> = self.headers.get_all(name).iter().map(|it| String::from_utf8_lossy(it.as_bytes())).collect();
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
    client: Client,
    recorder: Arc<Recorder>,
}

impl Fetcher {
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(timeout: Duration, further_roots: &[CertificateDer<'static>]) -> Result<Self, String> {
        let recorder = Recorder::new(further_roots)?;
        let client = Client::builder()
            .tls_backend_preconfigured(recorder.client()?)
            .redirect(Policy::none())
            .timeout(timeout)
            .user_agent(USER_AGENT)
            .build()
            .map_err(|error| deepest(&error))?;
        Ok(Self { client, recorder })
    }

    /// The certificate of the server that was asked last.
    pub fn certificate(&self) -> Option<Shown> {
        self.recorder.last()
    }

    /// # Errors
    /// The reason, when there is no answer.
    pub async fn get(&self, url: &Url, encoding: Encoding) -> Result<Answer, String> {
        let request = self.client.get(url.clone()).header(ACCEPT_ENCODING, encoding.accepted());
        let response = request.send().await.map_err(|error| deepest(&error))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.map_err(|error| deepest(&error))?.to_vec();
        Ok(Answer { url: url.clone(), status, headers, body })
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
