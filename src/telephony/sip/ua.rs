//! Typed bindings to JsSIP, which is loaded when the phone system connects for the first time.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::RtcPeerConnection;

#[wasm_bindgen(inline_js = "export const load = () => import(\"./target/tools/sip/user-agent.js\");")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn load() -> Result<JsValue, JsValue>;
}

// Nothing is imported from here, so the module is not loaded with the page: this puts the file beside the script above.
#[wasm_bindgen(module = "/target/tools/sip/user-agent.js")]
extern "C" {
    #[allow(dead_code, reason = "the file is copied because it is named here")]
    fn unused();
}

#[wasm_bindgen]
extern "C" {
    /// The module.
    #[derive(Clone)]
    pub type UserAgentModule;

    #[wasm_bindgen(method, getter, structural, js_name = UA)]
    fn user_agent(this: &UserAgentModule) -> Function;

    #[wasm_bindgen(method, getter, structural, js_name = WebSocketInterface)]
    fn socket(this: &UserAgentModule) -> Function;

    /// What has events.
    #[derive(Clone)]
    pub type Emitter;

    #[wasm_bindgen(method, structural)]
    fn on(this: &Emitter, event: &str, handler: &JsValue);

    #[wasm_bindgen(method, structural)]
    fn once(this: &Emitter, event: &str, handler: &JsValue);

    #[wasm_bindgen(method, structural, js_name = removeListener)]
    fn remove_listener(this: &Emitter, event: &str, handler: &JsValue);

    /// A connection to the exchange, and the registration there.
    #[derive(Clone)]
    #[wasm_bindgen(extends = Emitter)]
    pub type UserAgent;

    #[wasm_bindgen(method, structural)]
    pub fn start(this: &UserAgent);

    /// Unregisters, ends the calls and disconnects.
    #[wasm_bindgen(method, structural)]
    pub fn stop(this: &UserAgent);

    #[wasm_bindgen(method, structural)]
    pub fn register(this: &UserAgent);

    #[wasm_bindgen(method, structural, js_name = isRegistered)]
    pub fn is_registered(this: &UserAgent) -> bool;

    #[wasm_bindgen(method, structural, js_name = isConnected)]
    pub fn is_connected(this: &UserAgent) -> bool;

    #[wasm_bindgen(method, structural)]
    pub fn set(this: &UserAgent, name: &str, value: &str) -> bool;

    #[wasm_bindgen(method, structural, catch)]
    pub fn call(this: &UserAgent, target: &str, options: &Object) -> Result<RtcSession, JsValue>;

    /// Asks for what the other side can do. Any answer shows that it is there.
    #[wasm_bindgen(method, structural, js_name = sendOptions)]
    pub fn send_options(this: &UserAgent, target: &str, body: &JsValue, options: &Object);

    #[wasm_bindgen(method, getter, structural)]
    pub fn transport(this: &UserAgent) -> Transport;

    /// The connection to the exchange.
    pub type Transport;

    /// Closes the connection. It is not made again by itself.
    #[wasm_bindgen(method, structural)]
    pub fn disconnect(this: &Transport);

    /// Connects at once, if it is not connected.
    #[wasm_bindgen(method, structural)]
    pub fn connect(this: &Transport);

    /// A call.
    #[derive(Clone)]
    #[wasm_bindgen(extends = Emitter)]
    pub type RtcSession;

    /// Absent until an incoming call is answered.
    #[wasm_bindgen(method, getter, structural)]
    pub fn connection(this: &RtcSession) -> Option<RtcPeerConnection>;

    #[wasm_bindgen(method, getter, structural)]
    pub fn remote_identity(this: &RtcSession) -> NameAddress;

    #[wasm_bindgen(method, structural, js_name = isEstablished)]
    pub fn is_established(this: &RtcSession) -> bool;

    #[wasm_bindgen(method, structural, js_name = isEnded)]
    pub fn is_ended(this: &RtcSession) -> bool;

    #[wasm_bindgen(method, structural, catch)]
    pub fn answer(this: &RtcSession, options: &Object) -> Result<(), JsValue>;

    /// Rejects, cancels or hangs up, whichever the state allows.
    #[wasm_bindgen(method, structural, catch)]
    pub fn terminate(this: &RtcSession, options: &Object) -> Result<(), JsValue>;

    #[wasm_bindgen(method, structural)]
    pub fn mute(this: &RtcSession, media: &Object);

    #[wasm_bindgen(method, structural)]
    pub fn unmute(this: &RtcSession, media: &Object);

    /// False when another request about the media is in progress.
    #[wasm_bindgen(method, structural)]
    pub fn hold(this: &RtcSession, options: &Object, done: &JsValue) -> bool;

    #[wasm_bindgen(method, structural)]
    pub fn unhold(this: &RtcSession, options: &Object, done: &JsValue) -> bool;

    #[wasm_bindgen(method, structural)]
    pub fn renegotiate(this: &RtcSession, options: &Object) -> bool;

    #[wasm_bindgen(method, structural, catch, js_name = sendDTMF)]
    pub fn send_dtmf(this: &RtcSession, digits: &str, options: &Object) -> Result<(), JsValue>;

    /// Sends a request within the call.
    #[wasm_bindgen(method, structural, catch, js_name = sendRequest)]
    pub fn send_request(this: &RtcSession, method: &str, options: &Object) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, structural, catch)]
    pub fn refer(this: &RtcSession, target: &str, options: &Object) -> Result<JsValue, JsValue>;

    /// A name and an address.
    pub type NameAddress;

    #[wasm_bindgen(method, getter, structural)]
    pub fn uri(this: &NameAddress) -> Uri;

    /// An address.
    pub type Uri;

    #[wasm_bindgen(method, structural, js_name = toString)]
    pub fn to_text(this: &Uri) -> String;

    /// Absent when the address is only a host.
    #[wasm_bindgen(method, getter, structural)]
    pub fn user(this: &Uri) -> Option<String>;

    /// A request or a response.
    #[derive(Clone)]
    pub type Message;

    /// Absent from requests.
    #[wasm_bindgen(method, getter, structural)]
    pub fn status_code(this: &Message) -> Option<u16>;

    #[wasm_bindgen(method, getter, structural)]
    pub fn call_id(this: &Message) -> Option<String>;

    #[wasm_bindgen(method, getter, structural)]
    pub fn to(this: &Message) -> NameAddress;

    /// The user agent reports some of its own errors as a text in the place of a message: that has no headers.
    #[wasm_bindgen(method, structural, catch, js_name = getHeader)]
    pub fn header(this: &Message, name: &str) -> Result<Option<String>, JsValue>;

    /// What an event is about.
    #[derive(Clone)]
    pub type Details;

    /// `local`, `remote` or `system`.
    #[wasm_bindgen(method, getter, structural)]
    pub fn originator(this: &Details) -> Option<String>;

    #[wasm_bindgen(method, getter, structural)]
    pub fn cause(this: &Details) -> Option<String>;

    #[wasm_bindgen(method, getter, structural)]
    pub fn message(this: &Details) -> Option<Message>;

    #[wasm_bindgen(method, getter, structural)]
    pub fn response(this: &Details) -> Option<Message>;

    #[wasm_bindgen(method, getter, structural)]
    pub fn request(this: &Details) -> Option<Message>;

    #[wasm_bindgen(method, getter, structural)]
    pub fn session(this: &Details) -> Option<RtcSession>;

    #[wasm_bindgen(method, getter, structural)]
    pub fn peerconnection(this: &Details) -> Option<RtcPeerConnection>;

    /// Of a transfer by the other side: begins the session that takes the place of this one. The callback gets it at once.
    #[wasm_bindgen(method, structural)]
    pub fn accept(this: &Details, callback: &JsValue, options: &JsValue);

    #[wasm_bindgen(method, structural)]
    pub fn reject(this: &Details);

    /// Of a new ICE candidate: sends the offer or answer without waiting for more of them.
    #[wasm_bindgen(method, structural)]
    pub fn ready(this: &Details);
}

/// Loads the module. The browser keeps it, so only the first call takes time.
///
/// # Errors
/// The file cannot be loaded.
pub async fn user_agent_module() -> Result<UserAgentModule, JsValue> {
    load().await.map(JsCast::unchecked_into)
}

impl UserAgent {
    /// Like [`UserAgent::stop`]. A registration that is in progress is finished first: the exchange would keep it.
    pub fn leave(&self) {
        if !self.is_connected() || self.is_registered() {
            return self.stop();
        }
        for event in ["registered", "registrationFailed", "disconnected"] {
            let ua = self.clone();
            self.once(event, &Closure::once_into_js(move || ua.stop()));
        }
    }
}

impl UserAgentModule {
    /// A user agent with this configuration, which is connected to nothing yet.
    ///
    /// # Errors
    /// The configuration is not valid.
    pub fn create(&self, server: &str, configuration: &Object) -> Result<UserAgent, JsValue> {
        let socket = Reflect::construct(&self.socket(), &Array::of1(&server.into()))?;
        Reflect::set(configuration, &"sockets".into(), &Array::of1(&socket))?;
        Reflect::construct(&self.user_agent(), &Array::of1(configuration)).map(JsCast::unchecked_into)
    }
}

/// A handler of an event; it is removed when this is dropped.
pub struct Listener {
    emitter: Emitter,
    event: &'static str,
    handler: Closure<dyn FnMut(Details)>,
}

impl Listener {
    /// Calls the handler at each such event.
    pub fn new(emitter: &Emitter, event: &'static str, handler: impl FnMut(Details) + 'static) -> Self {
        let handler = Closure::new(handler);
        emitter.on(event, handler.as_ref());
        Listener { emitter: emitter.clone(), event, handler }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.emitter.remove_listener(self.event, self.handler.as_ref());
    }
}

/// An object with these properties.
pub fn object<const N: usize>(properties: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        // Only a frozen object refuses it.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}

/// A list of texts.
pub fn texts(texts: impl IntoIterator<Item = String>) -> JsValue {
    texts.into_iter().map(JsValue::from).collect::<Array>().into()
}
