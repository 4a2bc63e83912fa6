//! Typed bindings to the provider's SDK.

use js_sys::{Error, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/examples/provider/sdk.js")]
extern "C" {
    /// A connection to the provider.
    pub type VoiceClient;

    #[wasm_bindgen(constructor)]
    pub fn new() -> VoiceClient;

    #[wasm_bindgen(method)]
    pub fn on(this: &VoiceClient, event: &str, handler: &Closure<dyn Fn(Details)>);

    #[wasm_bindgen(method, js_name = removeAllListeners)]
    pub fn remove_all_listeners(this: &VoiceClient);

    #[wasm_bindgen(method, catch)]
    pub async fn connect(this: &VoiceClient, token: &str) -> Result<(), Error>;

    #[wasm_bindgen(method)]
    pub fn disconnect(this: &VoiceClient);

    /// Disconnects, and leaves its calls to the next client that resumes them.
    #[wasm_bindgen(method)]
    pub fn leave(this: &VoiceClient);

    #[wasm_bindgen(method, catch)]
    pub fn dial(this: &VoiceClient, reference: &str, to: &str, from: &str) -> Result<(), Error>;

    #[wasm_bindgen(method)]
    pub fn has(this: &VoiceClient, reference: &str) -> bool;

    #[wasm_bindgen(method)]
    pub fn answer(this: &VoiceClient, reference: &str);

    #[wasm_bindgen(method, js_name = hangUp)]
    pub fn hang_up(this: &VoiceClient, reference: &str, busy: bool);

    #[wasm_bindgen(method)]
    pub fn forward(this: &VoiceClient, reference: &str);

    #[wasm_bindgen(method, catch)]
    pub async fn mute(this: &VoiceClient, reference: &str, on: bool) -> Result<(), Error>;

    #[wasm_bindgen(method, catch)]
    pub async fn hold(this: &VoiceClient, reference: &str, on: bool) -> Result<(), Error>;

    #[wasm_bindgen(method, js_name = sendDigit)]
    pub fn send_digit(this: &VoiceClient, reference: &str, digit: char);

    #[wasm_bindgen(method, catch)]
    pub async fn transfer(this: &VoiceClient, reference: &str, to: &str) -> Result<(), Error>;

    /// `undefined` when the call is over.
    #[wasm_bindgen(method, catch)]
    pub async fn resume(this: &VoiceClient, reference: &str) -> Result<JsValue, Error>;

    /// What an event is about.
    pub type Details;

    /// The reference of the call; absent from events of the connection.
    #[wasm_bindgen(method, getter)]
    pub fn reference(this: &Details) -> Option<String>;

    /// Of an incoming call: who calls.
    #[wasm_bindgen(method, getter = from)]
    pub fn from_number(this: &Details) -> Option<String>;

    /// Of an incoming call: the number that is called.
    #[wasm_bindgen(method, getter = to)]
    pub fn to_number(this: &Details) -> Option<String>;

    /// Why a call ended: `"busy"`, `"no-answer"`, `"hang-up"`, `"lost"`, `"answered-elsewhere"` or `"failed"`.
    #[wasm_bindgen(method, getter)]
    pub fn reason(this: &Details) -> Option<String>;

    /// The reason in words.
    #[wasm_bindgen(method, getter)]
    pub fn detail(this: &Details) -> Option<String>;

    /// When a call was answered, in milliseconds since 1970.
    #[wasm_bindgen(method, getter, js_name = answeredAt)]
    pub fn answered_at(this: &Details) -> Option<f64>;
}

/// Whether the SDK says that the token was refused.
pub fn is_token_refused(error: &Error) -> bool {
    Reflect::get(error, &"code".into()).is_ok_and(|code| code == "token-refused")
}
