use std::marker::PhantomData;

use gloo::events::EventListener;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent, console};

use crate::json;

/// A [`BroadcastChannel`] for messages of one type, which are sent as JSON text. Dropping it closes the channel.
///
/// Messages reach all other pages and frames of the same origin that have opened a channel of the same name, in the order in
/// which they were posted. They do not reach the one that posts.
#[derive(Debug)]
pub struct Channel<M> {
    inner: BroadcastChannel,
    _listener: EventListener,
    _messages: PhantomData<fn(M) -> M>,
}

/// The browser has no broadcast channels here.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("this browser does not allow a BroadcastChannel here")]
pub struct NoChannel;

impl<M: Serialize + DeserializeOwned> Channel<M> {
    /// Opens the channel of this name and calls `on_message` for each message of another page. Messages of another form, for
    /// instance from another version of the page, are ignored; the console shows a warning.
    ///
    /// # Errors
    ///
    /// When the browser does not allow a channel.
    pub fn open(name: &str, on_message: impl Fn(M) + 'static) -> Result<Self, NoChannel> {
        let inner = BroadcastChannel::new(name).map_err(|_| NoChannel)?;
        let name = name.to_owned();
        let listener = EventListener::new(&inner, "message", move |event| {
            let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
            let text = event.data().as_string().unwrap_or_default();
            match json::from_str(&text) {
                Ok(message) => on_message(message),
                Err(error) => {
                    console::warn_1(&format!("Ignored a message on the channel {name}: {error}").into());
                }
            }
        });
        Ok(Self { inner, _listener: listener, _messages: PhantomData })
    }

    /// Sends a message to all other pages. One that cannot be written as JSON is not sent; the console shows an error.
    pub fn post(&self, message: &M) {
        match json::to_string(message) {
            Ok(text) => {
                // It only fails on a closed channel, which nobody can have.
                let _ = self.inner.post_message(&JsValue::from(text));
            }
            Err(error) => console::error_1(&format!("Cannot send a message: {error}").into()),
        }
    }
}

impl<M> Drop for Channel<M> {
    fn drop(&mut self) {
        self.inner.close();
    }
}
