//! Every error that a client sees is JSON: `{ "error": { "code": "…", "message": "…" } }`.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request was not served. The text is for the developer of the client; it contains no secret.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The request cannot be understood, or lacks something.
    #[error("{0}")]
    BadRequest(String),
    /// There is no valid session.
    #[error("log in first: there is no session, or it has expired")]
    NotLoggedIn,
    /// The user does not exist, or the password is another one.
    #[error("the user name or the password is wrong")]
    WrongCredentials,
    /// A request that must come from HubSpot has no valid signature.
    #[error("{0}")]
    Signature(#[from] crate::signature::SignatureError),
    /// A link has expired or was changed.
    #[error("this link has expired or was changed: ask for a new one")]
    Link,
    /// There is no such thing, or it belongs to another account.
    #[error("{0}")]
    NotFound(&'static str),
    /// The path exists, with other methods.
    #[error("this path does not have this method")]
    Method,
    /// The body is longer than is accepted.
    #[error("the body is too long")]
    TooLong,
    /// What was asked for is outside of the file.
    #[error("the range is outside of the file")]
    Range,
    /// A fault of this server. The cause is logged, and not sent.
    #[error("the server has a problem; try again later")]
    Internal(#[from] crate::store::StoreError),
}

impl ApiError {
    fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotLoggedIn | Self::WrongCredentials | Self::Signature(_) => StatusCode::UNAUTHORIZED,
            Self::Link => StatusCode::FORBIDDEN,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Range => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// For programs; it does not change.
    fn code(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "bad-request",
            Self::NotLoggedIn => "not-logged-in",
            Self::WrongCredentials => "wrong-credentials",
            Self::Signature(_) => "signature",
            Self::Link => "link",
            Self::NotFound(_) => "not-found",
            Self::Method => "method",
            Self::TooLong => "too-long",
            Self::Range => "range",
            Self::Internal(_) => "internal",
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Self::Internal(cause) = &self {
            eprintln!("error: {cause}");
        }
        let body = json!({ "error": { "code": self.code(), "message": self.to_string() } });
        (self.status(), Json(body)).into_response()
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::TooLong;
        }
        Self::BadRequest(rejection.body_text())
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::BadRequest(rejection.body_text())
    }
}
