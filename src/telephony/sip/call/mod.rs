//! One call. What can be done with it is in [`controls`] and [`transfer`], its media in [`connection`].

mod connection;
mod controls;
mod transfer;

use super::Phone;
use super::agent::{Agent, rtc_configuration};
use super::answers::{self, Failure, Outcome};
use super::headers::{self, Reason};
use super::ua::{Details, Listener, Message, RtcSession, object, texts};
use crate::i18n::sip_texts;
use crate::telephony::media::{CallMedia, Microphone};
use crate::telephony::{CallEvent, CallId, PhoneCommand};
use crate::timers::Timers;
use call_model::Consult;
use gloo::events::EventListener;
use js_sys::{Date, Object};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use transfer::Successor;
use yew::platform::spawn_local;

/// A call, from the command or the INVITE that begins it until its end has been reported.
pub struct Call {
    /// The widget's id of it.
    pub id: CallId,
    is_incoming: bool,
    session: RefCell<Option<RtcSession>>,
    /// Until the connection has it.
    microphone: RefCell<Option<Microphone>>,
    media: RefCell<Option<CallMedia>>,
    answered_at: Cell<Option<f64>>,
    is_over: Cell<bool>,
    /// Nothing is transmitted.
    is_interrupted: Cell<bool>,
    /// How often ICE was restarted since then.
    restarts: Cell<u32>,
    /// Who calls whom, while the call waits for the end of another one.
    waiting: RefCell<Option<(String, String)>>,
    /// The other side has accepted to call somebody else.
    is_transferring: Cell<bool>,
    /// The call to somebody whom the user asks first.
    consultation: RefCell<Option<Rc<Call>>>,
    /// In a consultation: the call that may be transferred.
    consults_for: Option<Weak<Call>>,
    /// What takes the place of the session, because the other side has transferred the call.
    successor: RefCell<Option<Successor>>,
    timers: Timers<Timer>,
    listeners: RefCell<Vec<Listener>>,
    media_events: RefCell<Vec<EventListener>>,
    agent: Rc<Agent>,
    phone: Weak<Phone>,
}

#[derive(Clone, Copy, PartialEq)]
enum Timer {
    Candidates,
    Media,
}

impl Call {
    fn new(
        phone: &Rc<Phone>,
        agent: &Rc<Agent>,
        id: &CallId,
        is_incoming: bool,
        consults_for: Option<Weak<Call>>,
    ) -> Rc<Self> {
        let call = Rc::new(Call {
            id: id.clone(),
            is_incoming,
            session: RefCell::default(),
            microphone: RefCell::default(),
            media: RefCell::default(),
            answered_at: Cell::default(),
            is_over: Cell::default(),
            is_interrupted: Cell::default(),
            restarts: Cell::default(),
            waiting: RefCell::default(),
            is_transferring: Cell::default(),
            consultation: RefCell::default(),
            consults_for,
            successor: RefCell::default(),
            timers: Timers::default(),
            listeners: RefCell::default(),
            media_events: RefCell::default(),
            agent: agent.clone(),
            phone: Rc::downgrade(phone),
        });
        phone.calls.borrow_mut().push(call.clone());
        call
    }

    /// Calls a number; without a registration nothing happens.
    pub fn dial(phone: &Rc<Phone>, id: &CallId, to: &str, from: &str) {
        let agent = phone.agent.borrow().clone();
        let Some(agent) = agent.filter(|agent| agent.ua().is_registered()) else { return };
        let call = Call::new(phone, &agent, id, false, None);
        let own_uri = agent.account().uri.clone();
        // The exchange decides whether the user may call with this number.
        let identity =
            (!from.is_empty()).then(|| format!("P-Preferred-Identity: <{}>", headers::address(from, &own_uri)));
        call.invite(headers::address(to, &own_uri), identity);
    }

    fn invite(self: &Rc<Self>, target: String, header: Option<String>) {
        let call = self.clone();
        spawn_local(async move {
            let Some(options) = call.open_media(header).await else { return };
            match call.agent.ua().call(&target, &options) {
                Ok(session) => call.adopt(&session),
                Err(_) => call.fail(Failure::UnknownNumber),
            }
        });
    }

    /// From now on the call consists of this session, whose connection exists.
    fn adopt(self: &Rc<Self>, session: &RtcSession) {
        self.listen(session);
        if let Some(connection) = session.connection() {
            self.use_connection(&connection);
        }
    }

    /// Reports an incoming call.
    pub fn incoming(phone: &Rc<Phone>, agent: &Rc<Agent>, session: RtcSession, request: &Message) {
        let header = |name| request.header(name).ok().flatten();
        let from = headers::caller(
            header("P-Asserted-Identity").as_deref(),
            session.remote_identity().uri().user().as_deref(),
        );
        let to = {
            let own = agent.own_numbers();
            let own = own.iter().map(String::as_str).collect::<Vec<_>>();
            headers::called(header("P-Called-Party-ID").as_deref(), request.to().uri().user().as_deref(), &own)
        };
        let id = CallId(request.call_id().unwrap_or_default());
        let waits = agent.account().call_waiting && !phone.calls.borrow().is_empty();
        let call = Call::new(phone, agent, &id, true, None);
        call.listen(&session);
        let event = if waits {
            call.waiting.replace(Some((from.clone(), to)));
            CallEvent::Waiting { from }
        } else {
            CallEvent::Incoming { from, to }
        };
        phone.reporter.report_call(&id, event);
    }

    /// Reports a call that has waited, as the user's call is over.
    pub fn begin_to_ring(&self) {
        let waited = self.waiting.take();
        if let Some((from, to)) = waited {
            self.report(CallEvent::Incoming { from, to });
        }
    }

    /// Whether it waits for the end of another call.
    pub fn is_waiting(&self) -> bool {
        self.waiting.borrow().is_some()
    }

    /// When it was answered, in milliseconds since 1970.
    pub fn answered_at(&self) -> Option<f64> {
        self.answered_at.get()
    }

    /// Executes a command. One that is not possible now does nothing.
    pub fn send(self: &Rc<Self>, command: PhoneCommand) {
        match command {
            PhoneCommand::Answer => self.answer(),
            // 603 would also keep the exchange from trying the user's other phones.
            PhoneCommand::Reject | PhoneCommand::RejectAsBusy => self.hang_up(Some(486)),
            PhoneCommand::HangUp => self.hang_up(None),
            PhoneCommand::Mute(on) => self.mute(on),
            PhoneCommand::Hold(on) => self.hold(on),
            PhoneCommand::Digit(digit) => self.send_digit(digit),
            PhoneCommand::Transfer(Some(to)) => self.transfer(&to),
            PhoneCommand::Transfer(None) => self.deflect(),
            PhoneCommand::Record(on) => self.record(on),
            PhoneCommand::Consult(Consult::Begin(number)) => self.consult(&number),
            PhoneCommand::Consult(Consult::Transfer) => self.transfer_to_consulted(),
            PhoneCommand::Consult(Consult::End) => self.end_consultation(),
            PhoneCommand::Dial { .. } | PhoneCommand::SimulateIncoming { .. } => {}
        }
    }

    /// Opens the microphone. `None` when the call is over by then, or cannot go on.
    async fn open_media(self: &Rc<Self>, header: Option<String>) -> Option<Object> {
        let microphone = self.phone.upgrade()?.media.open_microphone().await;
        if self.is_over.get() {
            return None;
        }
        let Ok(microphone) = microphone else {
            self.fail(Failure::Microphone);
            return None;
        };
        let options = object([
            ("mediaStream", microphone.stream().into()),
            ("pcConfig", rtc_configuration(&self.agent.account()).into()),
            ("extraHeaders", texts(header)),
        ]);
        self.microphone.replace(Some(microphone));
        Some(options)
    }

    fn answer(self: &Rc<Self>) {
        let call = self.clone();
        spawn_local(async move {
            let Some(options) = call.open_media(None).await else { return };
            let answered = call.session().map(|session| session.answer(&options));
            if answered.is_none_or(|answered| answered.is_err()) {
                call.fail(Failure::Audio);
            }
        });
    }

    /// Ends the call without reporting it: the widget knows.
    pub fn hang_up(&self, status: Option<u16>) {
        let options = status.map_or_else(Object::new, |status| object([("status_code", status.into())]));
        self.end_with(&options);
    }

    fn end_with(&self, options: &Object) {
        let session = self.close();
        if let Some(session) = session {
            self.agent.terminate(session, options);
        }
        if let Some(phone) = self.phone.upgrade() {
            phone.let_waiting_ring();
        }
    }

    /// Rejects an unanswered call so that the exchange puts it through to where it sends those.
    fn deflect(&self) {
        let account = self.agent.account();
        let options = match &account.unanswered {
            Some(to) => {
                let contact = format!("Contact: <{}>", headers::address(to, &account.uri));
                object([("status_code", 302.into()), ("extraHeaders", texts([contact]))])
            }
            None => object([("status_code", 480.into())]),
        };
        self.end_with(&options);
    }

    fn session(&self) -> Option<RtcSession> {
        self.session.borrow().clone()
    }

    fn established(&self) -> Option<RtcSession> {
        self.session().filter(|session| !self.is_over.get() && session.is_established())
    }

    fn listen(self: &Rc<Self>, session: &RtcSession) {
        let on = |event: &'static str, handler: fn(&Rc<Call>, Details)| {
            let call = Rc::downgrade(self);
            Listener::new(session, event, move |details| {
                if let Some(call) = call.upgrade() {
                    handler(&call, details);
                }
            })
        };
        self.listeners.replace(vec![
            on("progress", |call, details| call.on_progress(&details)),
            on("accepted", |call, _| call.on_accepted()),
            on("failed", |call, details| call.on_failed(&details)),
            on("ended", |call, details| call.on_ended(&details)),
            on("refer", |call, details| call.on_refer(details)),
            on("replaces", |call, details| call.on_replaces(details)),
            on("icecandidate", |call, details| call.on_candidate(details)),
            on("peerconnection", |call, details| {
                if let Some(connection) = details.peerconnection() {
                    call.use_connection(&connection);
                }
            }),
        ]);
        self.session.replace(Some(session.clone()));
    }

    fn on_progress(&self, details: &Details) {
        let status = details.response().and_then(|response| response.status_code());
        // 183 comes before the phone rings, or with an announcement of the exchange.
        if !self.is_incoming && status == Some(180) {
            self.report(CallEvent::Ringing);
        }
    }

    fn on_accepted(&self) {
        self.answered_at.set(Some(Date::now()));
        if !self.is_incoming {
            self.report(CallEvent::Answered);
        }
    }

    fn on_failed(&self, details: &Details) {
        let message = details.message();
        let status = message.as_ref().and_then(Message::status_code);
        let event = match (status, message, details.originator().as_deref()) {
            (Some(status), _, _) => answers::of_answer(status).event(sip_texts()),
            (None, Some(cancel), Some("remote")) => answers::of_cancel(reason(&cancel).as_ref()),
            (None, _, _) => answers::of_cause(&details.cause().unwrap_or_default()).event(sip_texts()),
        };
        let is_known = !self.is_waiting();
        self.close();
        if is_known {
            self.report_end(event);
        }
    }

    fn on_ended(&self, details: &Details) {
        if self.is_waiting_for_successor() {
            // The other side has gone, as it has transferred the call.
            self.session.take();
            return;
        }
        let is_remote = details.originator().as_deref() == Some("remote");
        let event = match details.message() {
            // Some phones hang up before they report the end of the transfer.
            _ if self.is_transferring.get() => CallEvent::Transferred,
            Some(bye) if is_remote => answers::of_bye(reason(&bye).as_ref()),
            _ => CallEvent::Dropped,
        };
        self.close();
        self.report_end(event);
    }

    fn fail(&self, failure: Failure) {
        if let Some(session) = self.close() {
            let _ = session.terminate(&object([("status_code", 480.into())]));
        }
        self.report_end(Outcome::Failed(failure).event(sip_texts()));
    }

    /// Releases everything that belongs to the call; its session is still to be ended.
    fn close(&self) -> Option<RtcSession> {
        self.is_over.set(true);
        self.listeners.take();
        self.media_events.take();
        self.timers.cancel(&Timer::Candidates);
        self.timers.cancel(&Timer::Media);
        self.media.take();
        self.microphone.take();
        self.successor.take();
        if let Some(consultation) = self.consultation.take() {
            consultation.hang_up(None);
        }
        if let Some(phone) = self.phone.upgrade() {
            phone.forget(&self.id);
        }
        self.session.take()
    }

    fn report(&self, event: CallEvent) {
        if let Some(phone) = self.phone.upgrade().filter(|_| !self.is_over.get()) {
            self.report_to(&phone, event);
        }
    }

    fn report_end(&self, event: CallEvent) {
        if let Some(phone) = self.phone.upgrade() {
            self.report_to(&phone, event);
            phone.let_waiting_ring();
        }
    }

    fn report_to(&self, phone: &Phone, event: CallEvent) {
        match &self.consults_for {
            Some(main) => {
                if let Some(main) = main.upgrade() {
                    main.on_consultation(event);
                }
            }
            None => phone.reporter.report_call(&self.id, event),
        }
    }
}

/// Why a request ends a call.
fn reason(request: &Message) -> Option<Reason> {
    let header = request.header("Reason").ok().flatten()?;
    Reason::parse(&header)
}
