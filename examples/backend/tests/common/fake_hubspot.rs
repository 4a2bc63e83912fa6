//! HubSpot's API for calls, as its documentation describes it: create, update, search.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{patch, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// What becomes of the next request that is not a search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Behavior {
    /// It is done, and never answered.
    DoneWithoutAnswer,
    /// It is done, and answered with a fault of the server.
    DoneWithFault,
    /// It is not done, and answered with this status.
    Refused(u16),
    /// It is not done; the client shall wait one second.
    TooMany,
    /// It is done, and answered with something that is no JSON.
    DoneWithNonsense,
    /// It is done, and answered when the test says so.
    Held,
}

#[derive(Default)]
struct Data {
    behaviors: VecDeque<Behavior>,
    /// The search finds nothing this often.
    blind_searches: usize,
    /// The bodies of all calls that exist, in the order of their ids.
    calls: Vec<Value>,
    creates: usize,
    /// The bodies of all updates that were done.
    updates: Vec<Value>,
    searches: usize,
    authorization: Vec<String>,
}

#[derive(Clone)]
pub struct FakeHubSpot {
    pub url: String,
    data: Arc<Mutex<Data>>,
    release: Arc<Notify>,
}

/// The id of the first call.
const FIRST_ID: usize = 9001;

impl FakeHubSpot {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            data: Arc::default(),
            release: Arc::default(),
        };
        let router = Router::new()
            .route("/crm/v3/objects/calls", post(create))
            .route("/crm/v3/objects/calls/search", post(search))
            .route("/crm/v3/objects/calls/{id}", patch(update))
            .layer(from_fn_with_state(fake.clone(), note_authorization))
            .with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        fake
    }

    pub fn next(&self, behaviors: &[Behavior]) {
        self.data.lock().unwrap().behaviors.extend(behaviors);
    }

    /// Answers a request that is held.
    pub fn release(&self) {
        self.release.notify_one();
    }

    pub fn find_nothing(&self, times: usize) {
        self.data.lock().unwrap().blind_searches = times;
    }

    /// The calls that exist.
    pub fn calls(&self) -> Vec<Value> {
        self.data.lock().unwrap().calls.clone()
    }

    /// How many requests to create one came, whatever became of them.
    pub fn creates(&self) -> usize {
        self.data.lock().unwrap().creates
    }

    pub fn searches(&self) -> usize {
        self.data.lock().unwrap().searches
    }

    pub fn updates(&self) -> Vec<Value> {
        self.data.lock().unwrap().updates.clone()
    }

    /// The header of each request.
    pub fn authorization(&self) -> Vec<String> {
        self.data.lock().unwrap().authorization.clone()
    }
}

async fn note_authorization(State(fake): State<FakeHubSpot>, request: Request, next: Next) -> Response {
    let header = request.headers().get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    fake.data.lock().unwrap().authorization.push(header.to_owned());
    next.run(request).await
}

async fn create(State(fake): State<FakeHubSpot>, Json(body): Json<Value>) -> Response {
    let behavior = {
        let mut data = fake.data.lock().unwrap();
        data.creates += 1;
        data.behaviors.pop_front()
    };
    answer(&fake, behavior, StatusCode::CREATED, || {
        let mut data = fake.data.lock().unwrap();
        data.calls.push(body.clone());
        json!({"id": (FIRST_ID + data.calls.len() - 1).to_string(), "properties": body["properties"]})
    })
    .await
}

async fn update(State(fake): State<FakeHubSpot>, Path(id): Path<usize>, Json(body): Json<Value>) -> Response {
    let behavior = fake.data.lock().unwrap().behaviors.pop_front();
    answer(&fake, behavior, StatusCode::OK, || {
        let mut data = fake.data.lock().unwrap();
        data.calls[id - FIRST_ID]["properties"] = body["properties"].clone();
        data.updates.push(body.clone());
        json!({"id": id.to_string(), "properties": body["properties"]})
    })
    .await
}

async fn search(State(fake): State<FakeHubSpot>, Json(body): Json<Value>) -> Json<Value> {
    let mut data = fake.data.lock().unwrap();
    data.searches += 1;
    if data.blind_searches > 0 {
        data.blind_searches -= 1;
        return Json(json!({"total": 0, "results": []}));
    }
    let filters = body["filterGroups"][0]["filters"].as_array().unwrap();
    let matches = |call: &Value| {
        filters.iter().all(|filter| call["properties"][filter["propertyName"].as_str().unwrap()] == filter["value"])
    };
    let found = data.calls.iter().enumerate().filter(|(_, call)| matches(call));
    let results: Vec<_> = found.map(|(index, _)| json!({"id": (FIRST_ID + index).to_string()})).collect();
    Json(json!({"total": results.len(), "results": results}))
}

async fn answer(
    fake: &FakeHubSpot,
    behavior: Option<Behavior>,
    status: StatusCode,
    done: impl FnOnce() -> Value,
) -> Response {
    let error = |status: u16| {
        let status = StatusCode::from_u16(status).unwrap();
        (status, Json(json!({"status": "error", "message": "as the test wants", "category": "TEST"})))
    };
    match behavior {
        None => (status, Json(done())).into_response(),
        Some(Behavior::DoneWithoutAnswer) => {
            done();
            std::future::pending().await
        }
        Some(Behavior::DoneWithFault) => {
            done();
            error(502).into_response()
        }
        Some(Behavior::DoneWithNonsense) => {
            done();
            (status, "<html>").into_response()
        }
        Some(Behavior::Held) => {
            let body = done();
            fake.release.notified().await;
            (status, Json(body)).into_response()
        }
        Some(Behavior::Refused(status)) => error(status).into_response(),
        Some(Behavior::TooMany) => ([("retry-after", "1")], error(429)).into_response(),
    }
}
