//! The back end: log-in by fetch.

pub use demo_app_rust::account::FetchAuth;
