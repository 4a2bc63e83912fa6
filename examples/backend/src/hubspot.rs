//! HubSpot's API, as far as calls need it: create, update, and find one by our own id.

use crate::config::{Secrets, Settings};
use crate::secrets::Secret;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// The properties of a call in HubSpot, by their internal names.
pub type Properties = BTreeMap<String, String>;

/// What became of a request that was not successful.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// HubSpot did not do it, and will not do it later either: the request is wrong.
    #[error("HubSpot refused it ({status}): {message}")]
    Refused {
        /// The status.
        status: u16,
        /// HubSpot's message.
        message: String,
    },
    /// HubSpot did not do it now: too many requests, a token that is not accepted, no connection.
    #[error("not done yet: {message}")]
    NotNow {
        /// What is known about the reason.
        message: String,
        /// How long HubSpot asks to wait.
        wait: Option<Duration>,
    },
    /// It is not known whether HubSpot did it: no answer, a cut connection, a fault of the server.
    #[error("no clear answer: {0}")]
    Unknown(String),
}

/// The client.
pub struct HubSpot {
    client: Client,
    base: String,
    token: Secret,
    app_id: u64,
}

#[derive(Deserialize)]
struct Created {
    id: String,
}

#[derive(Deserialize)]
struct Found {
    results: Vec<Created>,
}

impl HubSpot {
    /// A client for the API in the settings.
    ///
    /// # Errors
    /// When there are no certificates to trust.
    pub fn new(settings: &Settings, secrets: &Secrets) -> Result<Self, reqwest::Error> {
        // The token must not follow a redirect, and a redirected request would be sent without its body.
        let client = Client::builder().timeout(settings.timing.request).redirect(reqwest::redirect::Policy::none());
        Ok(Self {
            client: client.build()?,
            base: settings.hubspot_api.clone(),
            token: secrets.access_token.clone(),
            app_id: settings.app_id,
        })
    }

    /// Creates a call, and returns its id. HubSpot has no key that makes this request idempotent: after [`Failure::Unknown`] look for
    /// the call before it is created again.
    ///
    /// # Errors
    /// Why there is no id.
    pub async fn create(
        &self,
        (portal_id, external_id): (u64, &str),
        properties: &Properties,
        associations: &[Association],
    ) -> Result<String, Failure> {
        let mut properties = properties.clone();
        // Recordings need all four; `hs_call_external_id` is also how the call is found again.
        properties.insert("hs_call_external_id".into(), external_id.into());
        properties.insert("hs_call_external_account_id".into(), portal_id.to_string());
        properties.insert("hs_call_app_id".into(), self.app_id.to_string());
        properties.insert("hs_call_source".into(), "INTEGRATIONS_PLATFORM".into());
        let associations: Vec<Value> = associations.iter().map(Association::to_api).collect();
        let body = json!({ "properties": properties, "associations": associations });
        let request = self.request(Method::POST, "/crm/v3/objects/calls").json(&body);
        Ok(read::<Created>(send(request).await?).await?.id)
    }

    /// Sets properties of a call. Doing it twice is the same as once.
    ///
    /// # Errors
    /// Why it may not be done.
    pub async fn update(&self, id: &str, properties: &Properties) -> Result<(), Failure> {
        let path = format!("/crm/v3/objects/calls/{id}");
        let request = self.request(Method::PATCH, &path).json(&json!({ "properties": properties }));
        send(request).await.map(|_| ())
    }

    /// The id of the call with this external id. A call that was just created may be found some seconds later only.
    ///
    /// # Errors
    /// Why it is not known.
    pub async fn find(&self, (portal_id, external_id): (u64, &str)) -> Result<Option<String>, Failure> {
        let equal = |name: &str, value: &str| json!({ "propertyName": name, "operator": "EQ", "value": value });
        let filters = [
            equal("hs_call_external_id", external_id),
            equal("hs_call_external_account_id", &portal_id.to_string()),
            equal("hs_call_app_id", &self.app_id.to_string()),
        ];
        let body = json!({ "filterGroups": [{ "filters": filters }], "limit": 1 });
        let request = self.request(Method::POST, "/crm/v3/objects/calls/search").json(&body);
        Ok(read::<Found>(send(request).await?).await?.results.into_iter().next().map(|found| found.id))
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base)).bearer_auth(self.token.reveal())
    }
}

/// A record that the call belongs to.
#[derive(Clone, Debug, PartialEq, serde::Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Association {
    /// The record's id.
    pub object_id: u64,
    /// HubSpot's type of the association: from a call to a contact 194, to a company 182, to a deal 206, to a ticket 220.
    pub association_type_id: u32,
}

impl Association {
    fn to_api(&self) -> Value {
        let kind = json!({ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": self.association_type_id });
        json!({ "to": { "id": self.object_id.to_string() }, "types": [kind] })
    }
}

async fn send(request: RequestBuilder) -> Result<Response, Failure> {
    let response = match request.send().await {
        Ok(response) => response,
        // Without a connection nothing was sent.
        Err(error) if error.is_connect() => return Err(not_now(with_causes(error), None)),
        Err(error) => return Err(Failure::Unknown(with_causes(error))),
    };
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let wait = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    let message = message(response).await;
    Err(match status {
        StatusCode::TOO_MANY_REQUESTS => not_now(
            format!("HubSpot accepts no more requests now ({status}): {message}"),
            wait.map(Duration::from_secs),
        ),
        StatusCode::UNAUTHORIZED => {
            not_now(format!("HubSpot does not accept HUBSPOT_ACCESS_TOKEN ({status}): {message}"), None)
        }
        StatusCode::FORBIDDEN => {
            not_now(format!("the token lacks a scope; calls need the scopes of contacts ({status}): {message}"), None)
        }
        _ if status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT => {
            Failure::Refused { status: status.as_u16(), message }
        }
        _ => Failure::Unknown(format!("{status}: {message}")),
    })
}

fn not_now(message: String, wait: Option<Duration>) -> Failure {
    Failure::NotNow { message, wait }
}

/// What has happened, from the outside to the innermost cause.
fn with_causes(error: reqwest::Error) -> String {
    let error = error.without_url();
    let causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// The body of a successful answer. The request was done even if its answer cannot be read.
async fn read<T: serde::de::DeserializeOwned>(response: Response) -> Result<T, Failure> {
    response.json().await.map_err(|error| Failure::Unknown(with_causes(error)))
}

/// What HubSpot says about an error: the field `message` of its JSON.
async fn message(response: Response) -> String {
    let body = response.json::<Value>().await.unwrap_or_default();
    body.get("message").and_then(Value::as_str).unwrap_or("without a message").to_owned()
}
