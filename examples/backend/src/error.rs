//! Errors, and what clients see of them: `{ "error": "…" }`.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use serde_json::json;

/// Why something was not done. No text contains a secret.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    BadRequest(String),
    #[error("{0}")]
    Unauthorized(&'static str),
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The program cannot work on this machine or with these settings.
    #[error("{0}")]
    Setup(String),
    #[error("the database: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("unexpected JSON in the database: {0}")]
    Json(#[from] serde_json::Error),
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut message = self.to_string();
        let status = match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Setup(_) | Self::Database(_) | Self::Json(_) => {
                eprintln!("error: {message}");
                message = "the server has a problem; try again later".into();
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        (status, Json(json!({ "error": message }))).into_response()
    }
}
