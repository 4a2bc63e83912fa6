//! `POST /channel-connection`: the phone numbers that a user may connect to the help desk.

use crate::accounts;
use crate::error::ApiError;
use crate::server::App;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::{Deserialize, Serialize};

/// How long a name may be. HubSpot cuts longer ones too, within a word.
const NAME_LENGTH: usize = 24;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    app_id: u64,
    portal_id: u64,
    user_id: u64,
}

/// What HubSpot gets.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Numbers {
    phone_numbers: Vec<Number>,
}

#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Number {
    #[serde(rename = "e164PhoneNumber")]
    e164: String,
    friendly_name: String,
}

/// The numbers of the user that HubSpot names. A user who is not known has none. The signature was checked before.
///
/// # Errors
/// When the body is another one, or a fault.
pub async fn list(State(app): State<App>, body: Bytes) -> Result<Json<Numbers>, ApiError> {
    let invalid = |error| ApiError::BadRequest(format!("appId, portalId and userId are expected: {error}"));
    let Request { app_id, portal_id, user_id } = serde_json::from_slice(&body).map_err(invalid)?;
    if app_id != app.settings.app_id {
        return Err(ApiError::BadRequest(format!("this server serves the app {}", app.settings.app_id)));
    }
    let user = app.store.run(move |connection| accounts::find_in_hubspot(connection, portal_id, user_id)).await?;
    let numbers = user.map(|user| user.account.numbers).unwrap_or_default();
    let phone_numbers =
        numbers.into_iter().map(|own| Number { e164: own.number, friendly_name: shortened(own.name) }).collect();
    Ok(Json(Numbers { phone_numbers }))
}

/// At most 24 characters, with an ellipsis if some are left out.
fn shortened(name: String) -> String {
    if name.chars().count() <= NAME_LENGTH {
        return name;
    }
    name.chars().take(NAME_LENGTH - 1).collect::<String>().trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_at_most_24_characters() {
        assert_eq!(shortened("Vente à Montréal, bureau".into()), "Vente à Montréal, bureau");
        assert_eq!(shortened("Vente à Montréal, bureaux".into()), "Vente à Montréal, burea…");
        assert_eq!(shortened("The sales team of today in Berlin".into()), "The sales team of today…");
    }
}
