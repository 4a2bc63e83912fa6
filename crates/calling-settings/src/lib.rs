#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod answer;
mod client;
mod credentials;
mod error;
mod redact;
mod request;
mod resource;
mod retry;
mod settings;

pub use client::{Client, ClientBuilder, DEFAULT_BASE_URL, base_url};
pub use credentials::{AppId, Credentials, Secret};
pub use error::{Answer, Error, Invalid, Result};
pub use request::{Method, Request};
pub use reqwest::Url;
pub use resource::{Resource, Saved};
pub use retry::{Retry, RetryPolicy};
pub use settings::{
    Calling, CallingPatch, CallingSettings, ChannelConnection, ChannelConnectionPatch, ChannelConnectionSettings, Kind,
    NewCalling, NewChannelConnection, NewRecording, Recording, RecordingPatch, RecordingSettings, Removable, Times,
    Validate,
};
