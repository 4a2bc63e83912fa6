//! The registration at the exchange.

use super::backoff;
use super::call::Call;
use super::ua::{Details, Listener, RtcSession, UserAgent, UserAgentModule, object, texts};
use super::{CAPABILITIES, Phone, answers, headers};
use crate::account::Session;
use crate::i18n::sip_texts;
use crate::telephony::{Capabilities, PhoneEvent};
use crate::timers::Timers;
use call_model::SipAccount;
use gloo::events::EventListener;
use js_sys::{Array, Object};
use std::cell::{Cell, Ref, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

/// For how many seconds a registration is valid unless the account says otherwise.
const REGISTRATION: u32 = 600;
/// The shortest and the longest time between two attempts to connect, in seconds. The user agent doubles it in between.
const RECONNECT: (u32, u32) = (1, 30);
/// How long the exchange may take to answer before the connection counts as lost, after a change of the network. In milliseconds.
const CHECK: f64 = 2_000.0;

/// A user agent that is registered, or tries to be.
pub struct Agent {
    ua: UserAgent,
    account: RefCell<SipAccount>,
    own_numbers: RefCell<Vec<String>>,
    /// Whether the connection was lost since it was registered last.
    is_lost: Cell<bool>,
    /// How many registrations have failed in a row.
    failures: Cell<u32>,
    timers: Timers<Timer>,
    /// The next incoming session belongs to a call that is on.
    is_replacing: Cell<bool>,
    /// Calls that were ended while there was no connection: the other side does not know it yet.
    unfinished: RefCell<Vec<RtcSession>>,
    phone: Weak<Phone>,
    listeners: RefCell<Vec<Listener>>,
    page_events: RefCell<Vec<EventListener>>,
}

#[derive(PartialEq)]
enum Timer {
    /// Registers again.
    Retry,
    /// The credentials are about to expire.
    Expiry,
    /// The exchange does not answer.
    Check,
}

impl Agent {
    /// Connects and registers.
    pub fn start(
        phone: &Rc<Phone>,
        module: &UserAgentModule,
        account: SipAccount,
        session: &Session,
    ) -> Result<Rc<Self>, JsValue> {
        let ua = module.create(&account.server, &configuration(&account, session))?;
        let agent = Rc::new(Agent {
            ua,
            account: RefCell::new(account),
            own_numbers: RefCell::default(),
            is_lost: Cell::new(false),
            failures: Cell::new(0),
            timers: Timers::default(),
            is_replacing: Cell::default(),
            unfinished: RefCell::default(),
            phone: Rc::downgrade(phone),
            listeners: RefCell::default(),
            page_events: RefCell::default(),
        });
        agent.listen();
        agent.accept(session);
        agent.ua.start();
        Ok(agent)
    }

    /// Whether it is registered with this account, or tries to be; the credentials may differ.
    pub fn is_for(&self, account: &SipAccount) -> bool {
        let own = self.account();
        (&own.server, &own.uri, &own.user) == (&account.server, &account.uri, &account.user)
    }

    /// Uses the credentials of a renewed session.
    pub fn renew(&self, account: SipAccount, session: &Session) {
        self.ua.set("password", &password(&account, session));
        self.account.replace(account);
        self.accept(session);
        if self.ua.is_registered() {
            self.report_capabilities();
            self.report(PhoneEvent::Connected);
        }
        if self.ua.is_connected() {
            self.ua.register();
        }
    }

    /// Remembers what calls need of the session, and when its credentials expire.
    fn accept(&self, session: &Session) {
        self.own_numbers.replace(session.account.numbers.iter().map(|own| own.number.clone()).collect());
        self.expect_expiry();
    }

    fn expect_expiry(&self) {
        self.timers.cancel(&Timer::Expiry);
        let Some(expires_in) = self.account().expires_in else { return };
        let phone = self.phone.clone();
        self.timers.start(Timer::Expiry, f64::from(backoff::renew_after(expires_in)), move || {
            let Some(agent) = phone.upgrade().and_then(|phone| phone.agent.borrow().clone()) else { return };
            agent.report(PhoneEvent::SessionExpired);
        });
    }

    /// Ends the calls, unregisters and disconnects. Nothing is reported afterwards.
    pub fn stop(&self) {
        self.listeners.take();
        self.page_events.take();
        for timer in [Timer::Retry, Timer::Expiry, Timer::Check] {
            self.timers.cancel(&timer);
        }
        self.ua.leave();
    }

    /// The user agent.
    pub fn ua(&self) -> &UserAgent {
        &self.ua
    }

    /// The account.
    pub fn account(&self) -> Ref<'_, SipAccount> {
        self.account.borrow()
    }

    /// The user's numbers.
    pub fn own_numbers(&self) -> Ref<'_, Vec<String>> {
        self.own_numbers.borrow()
    }

    /// Ends a call at the other side: now, or as soon as there is a connection again.
    pub fn terminate(&self, session: RtcSession, options: &Object) {
        if session.is_ended() {
            return;
        }
        if self.ua.is_connected() || !session.is_established() {
            // It may have ended in this moment.
            let _ = session.terminate(options);
        } else {
            self.unfinished.borrow_mut().push(session);
        }
    }

    /// Accepts a session that is no new call.
    pub fn without_ringing(&self, accept: impl FnOnce()) {
        self.is_replacing.set(true);
        accept();
        self.is_replacing.set(false);
    }

    fn report(&self, event: PhoneEvent) {
        if let Some(phone) = self.phone.upgrade() {
            phone.reporter.report(event);
        }
    }

    fn report_capabilities(&self) {
        let record = self.account().recording;
        let can = Capabilities { record, ..CAPABILITIES };
        self.report(PhoneEvent::Capabilities { can, consult: true });
    }

    fn listen(self: &Rc<Self>) {
        let on = |event: &'static str, handler: fn(&Rc<Agent>, Details)| {
            let agent = Rc::downgrade(self);
            Listener::new(&self.ua, event, move |details| {
                if let Some(agent) = agent.upgrade() {
                    handler(&agent, details);
                }
            })
        };
        self.listeners.replace(vec![
            on("connected", |agent, _| agent.on_connected()),
            on("disconnected", |agent, _| agent.on_disconnected()),
            on("registered", |agent, _| agent.on_registered()),
            on("registrationFailed", |agent, details| agent.on_registration_failed(&details)),
            on("newRTCSession", |agent, details| agent.on_session(&details)),
        ]);
        let window = gloo::utils::window();
        let (online, hidden) = (Rc::downgrade(self), Rc::downgrade(self));
        self.page_events.replace(vec![
            EventListener::new(&window, "online", move |_| {
                if let Some(agent) = online.upgrade() {
                    agent.check_connection();
                }
            }),
            // The other side hears at once that the call is over.
            EventListener::new(&window, "pagehide", move |_| {
                if let Some(agent) = hidden.upgrade() {
                    agent.stop();
                }
            }),
        ]);
    }

    fn on_connected(&self) {
        for session in self.unfinished.take() {
            let _ = session.terminate(&Object::new());
        }
    }

    fn on_disconnected(&self) {
        self.is_lost.set(true);
        self.timers.cancel(&Timer::Retry);
        self.timers.cancel(&Timer::Check);
        let Some(phone) = self.phone.upgrade() else { return };
        let goes_on = phone.calls().iter().any(|call| call.answered_at().is_some());
        phone.lost(goes_on.then_some(sip_texts().call_goes_on));
    }

    fn on_registered(&self) {
        self.failures.set(0);
        self.timers.cancel(&Timer::Check);
        self.report_capabilities();
        self.report(PhoneEvent::Connected);
        if self.is_lost.replace(false) {
            // The exchange has only the old connection for these calls, and the network may be another.
            self.restart_ice();
        }
    }

    /// The network may be another, and the browser closes no connection then: asks the exchange for an answer. If there is one, the
    /// calls restart ICE; else the user agent connects again, and they do so when it is registered.
    pub fn check_connection(self: &Rc<Self>) {
        if !self.ua.is_connected() {
            return self.ua.transport().connect();
        }
        let agent = Rc::downgrade(self);
        let answered = Closure::once_into_js(move |details: Details| {
            // Any answer will do, also one that says no.
            if let Some(agent) = agent.upgrade().filter(|_| details.response().is_some()) {
                agent.timers.cancel(&Timer::Check);
                agent.restart_ice();
            }
        });
        let handlers = object([("succeeded", answered.clone()), ("failed", answered)]);
        let exchange = ["sip:", headers::host(&self.account().uri)].concat();
        self.ua.send_options(&exchange, &JsValue::NULL, &object([("eventHandlers", handlers.into())]));
        let agent = Rc::downgrade(self);
        self.timers.cancel(&Timer::Check);
        self.timers.start(Timer::Check, CHECK, move || {
            if let Some(agent) = agent.upgrade() {
                agent.reconnect();
            }
        });
    }

    fn restart_ice(&self) {
        if let Some(phone) = self.phone.upgrade() {
            phone.calls().iter().for_each(|call| call.restart_ice());
        }
    }

    fn reconnect(&self) {
        let transport = self.ua.transport();
        transport.disconnect();
        transport.connect();
    }

    fn on_registration_failed(self: &Rc<Self>, details: &Details) {
        let response = details.response();
        match response.as_ref().and_then(|response| response.status_code()) {
            Some(401 | 403 | 407) => self.report(PhoneEvent::SessionExpired),
            Some(status) => {
                let texts = sip_texts();
                let reason = match answers::of_answer(status) {
                    answers::Outcome::Failed(failure) => failure.text(texts),
                    _ => texts.exchange_fault,
                };
                self.failures.set(self.failures.get() + 1);
                if let Some(phone) = self.phone.upgrade() {
                    phone.lost(Some(reason));
                }
                let retry_after = response.and_then(|response| response.header("Retry-After").ok().flatten());
                let retry_after = retry_after.and_then(|value| value.trim().parse().ok());
                self.retry(backoff::delay(self.failures.get(), retry_after, js_sys::Math::random()));
            }
            // Without a connection the user agent connects again by itself, and registers then.
            None if self.ua.is_connected() => {
                self.failures.set(self.failures.get() + 1);
                if let Some(phone) = self.phone.upgrade() {
                    phone.lost(Some(sip_texts().no_reply));
                }
                self.retry(backoff::delay(self.failures.get(), None, js_sys::Math::random()));
            }
            None => {}
        }
    }

    fn retry(self: &Rc<Self>, delay: u32) {
        let agent = Rc::downgrade(self);
        self.timers.start(Timer::Retry, f64::from(delay), move || {
            if let Some(agent) = agent.upgrade().filter(|agent| agent.ua.is_connected()) {
                agent.ua.register();
            }
        });
    }

    fn on_session(self: &Rc<Self>, details: &Details) {
        if details.originator().as_deref() != Some("remote") || self.is_replacing.get() {
            return;
        }
        if let (Some(phone), Some(session), Some(request)) =
            (self.phone.upgrade(), details.session(), details.request())
        {
            Call::incoming(&phone, self, session, &request);
        }
    }
}

fn password(account: &SipAccount, session: &Session) -> String {
    account.password.as_ref().or(session.token.as_ref()).map(|token| token.0.clone()).unwrap_or_default()
}

fn configuration(account: &SipAccount, session: &Session) -> Object {
    let configuration = object([
        ("uri", account.uri.as_str().into()),
        ("password", password(account, session).into()),
        ("register", true.into()),
        ("register_expires", account.registration.unwrap_or(REGISTRATION).into()),
        ("connection_recovery_min_interval", RECONNECT.0.into()),
        ("connection_recovery_max_interval", RECONNECT.1.into()),
        // A refresh that is due while the connection is lost would end the call.
        ("session_timers", false.into()),
        ("user_agent", concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).into()),
    ]);
    for (name, value) in [("authorization_user", &account.user), ("display_name", &account.display_name)] {
        if let Some(value) = value {
            let _ = js_sys::Reflect::set(&configuration, &name.into(), &value.into());
        }
    }
    configuration
}

/// The configuration of a connection for media.
pub fn rtc_configuration(account: &SipAccount) -> Object {
    let servers = account.ice_servers.iter().map(|server| {
        let object = object([("urls", texts(server.urls.iter().cloned()))]);
        let credential = server.credential.as_ref().map(|token| &token.0);
        for (name, value) in [("username", server.username.as_ref()), ("credential", credential)] {
            if let Some(value) = value {
                let _ = js_sys::Reflect::set(&object, &name.into(), &value.into());
            }
        }
        JsValue::from(object)
    });
    object([
        ("iceServers", servers.collect::<Array>().into()),
        ("iceTransportPolicy", if account.relay_only { "relay" } else { "all" }.into()),
    ])
}
