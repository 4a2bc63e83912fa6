//! A request as data: it is sent, or shown.

use crate::{
    error::Result,
    settings::{Kind, Validate},
};
use serde::Serialize;

/// The verbs of this API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
    /// Changes.
    Patch,
    /// Deletes.
    Delete,
}

impl Method {
    /// In capitals, as in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// A request without its address and its key. It can be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) body: Option<String>,
}

impl Request {
    /// Reads the settings.
    pub fn get<K: Kind>() -> Self {
        Self { method: Method::Get, path: K::PATH, body: None }
    }

    /// Creates them.
    ///
    /// # Errors
    /// [`Error::Invalid`](crate::Error::Invalid) for a value that HubSpot would refuse.
    pub fn create<K: Kind>(new: &K::New) -> Result<Self> {
        Self::with_body::<K>(Method::Post, new)
    }

    /// Changes them.
    ///
    /// # Errors
    /// [`Error::Invalid`](crate::Error::Invalid) for a value that HubSpot would refuse, and for a change of nothing.
    pub fn update<K: Kind>(patch: &K::Patch) -> Result<Self> {
        Self::with_body::<K>(Method::Patch, patch)
    }

    /// Deletes them.
    pub fn delete<K: Kind>() -> Self {
        Self { method: Method::Delete, path: K::PATH, body: None }
    }

    fn with_body<K: Kind>(method: Method, body: &(impl Serialize + Validate)) -> Result<Self> {
        body.validate()?;
        // A struct of strings, numbers and booleans can always be written.
        let body = serde_json::to_string(body).unwrap_or_default();
        Ok(Self { method, path: K::PATH, body: Some(body) })
    }

    /// The verb.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path below the API's address for an app, given as a number or as a placeholder.
    pub fn path(&self, app_id: &str) -> String {
        format!("/crm/v3/extensions/calling/{app_id}/settings{}", self.path)
    }

    /// The JSON that is sent.
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }
}
