//! A phone on SIP over WebSocket (RFC 7118), with its audio in the browser. Any common exchange can serve it.
//!
//! JsSIP is the user agent: [`ua`] has its types, [`agent`] the registration, [`call`] one call. What can be decided without a
//! browser is in [`answers`], [`headers`] and [`backoff`].

mod agent;
pub mod answers;
pub mod backoff;
mod call;
pub mod headers;
mod reporter;
mod ua;

use super::media::{AudioSettings, Media};
use super::{CallEvent, CallId, Capabilities, PhoneCommand, PhoneEvent, PhoneEvents, Telephony};
use crate::account::Session;
use crate::i18n::sip_texts;
use crate::timers::Timers;
use agent::Agent;
use call::Call;
use call_model::SipAccount;
use reporter::Reporter;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::platform::spawn_local;

/// The phone. Its account comes with the session: see [`SipAccount`].
///
/// A call lives in the page that has its audio: after a reload, and in another frame, it is over, and
/// [`Telephony::resume`] reports that it was dropped.
#[derive(Default)]
pub struct SipTelephony {
    phone: Rc<Phone>,
}

const CAPABILITIES: Capabilities = Capabilities {
    mute: true,
    hold: true,
    digits: true,
    transfer: true,
    microphone: true,
    record: false,
    simulate_incoming: false,
};

/// What the registration and the calls share.
#[derive(Default)]
struct Phone {
    reporter: Reporter,
    media: Media,
    agent: RefCell<Option<Rc<Agent>>>,
    calls: RefCell<Vec<Rc<Call>>>,
    /// Goes up with each connection and disconnection: what was awaited for an earlier one is no longer wanted.
    connection: Cell<u32>,
    /// To load the user agent once more.
    retry: Timers<()>,
}

impl Telephony for SipTelephony {
    /// Whether calls can be recorded depends on the account: that is reported with the connection.
    fn capabilities(&self) -> Capabilities {
        CAPABILITIES
    }

    fn connect(&self, session: &Session, events: PhoneEvents) {
        self.phone.reporter.open(events);
        self.phone.next_connection();
        self.phone.connect(session.clone(), 0);
    }

    fn disconnect(&self) {
        self.phone.close();
    }

    /// The audio cannot leave this page, so the calls end here.
    fn hand_over(&self) {
        self.phone.close();
    }

    fn send(&self, call: &CallId, command: PhoneCommand) {
        if let PhoneCommand::Dial { to, from } = &command {
            if self.phone.call(call).is_none() {
                Call::dial(&self.phone, call, to, from);
            }
        } else if let Some(call) = self.phone.call(call) {
            call.send(command);
        }
    }

    fn set_audio(&self, settings: &AudioSettings) {
        self.phone.media.set_settings(settings);
    }

    fn resume(&self, call: &CallId) {
        let event = match self.phone.call(call) {
            Some(call) => CallEvent::Resumed { answered_at: call.answered_at() },
            None => CallEvent::Dropped,
        };
        self.phone.reporter.report_call(call, event);
    }
}

impl Drop for SipTelephony {
    fn drop(&mut self) {
        self.phone.close();
    }
}

impl Phone {
    fn next_connection(&self) -> u32 {
        self.connection.set(self.connection.get() + 1);
        self.connection.get()
    }

    fn connect(self: &Rc<Self>, session: Session, failures: u32) {
        let Some(account) = session.account.sip.clone() else {
            return self.lost(Some(sip_texts().no_account));
        };
        let (phone, connection) = (Rc::downgrade(self), self.connection.get());
        spawn_local(async move {
            let module = ua::user_agent_module().await;
            let Some(phone) = phone.upgrade().filter(|phone| phone.connection.get() == connection) else { return };
            match module {
                Ok(module) => phone.use_account(&module, account, &session),
                Err(error) => {
                    web_sys::console::warn_2(&"the SIP user agent could not be loaded:".into(), &error);
                    phone.lost(Some(sip_texts().not_loaded));
                    let (again, delay) =
                        (Rc::downgrade(&phone), backoff::delay(failures + 1, None, js_sys::Math::random()));
                    phone.retry.start((), f64::from(delay), move || {
                        if let Some(phone) = again.upgrade().filter(|phone| phone.connection.get() == connection) {
                            phone.connect(session, failures + 1);
                        }
                    });
                }
            }
        });
    }

    /// Registers with an account, or renews the credentials of the one that is registered.
    fn use_account(self: &Rc<Self>, module: &ua::UserAgentModule, account: SipAccount, session: &Session) {
        let present = self.agent.borrow().clone();
        if let Some(agent) = present.filter(|agent| agent.is_for(&account)) {
            return agent.renew(account, session);
        }
        self.leave();
        match Agent::start(self, module, account, session) {
            Ok(agent) => drop(self.agent.replace(Some(agent))),
            Err(error) => {
                web_sys::console::warn_2(&"the SIP account cannot be used:".into(), &error);
                self.lost(Some(sip_texts().no_account));
            }
        }
    }

    fn close(&self) {
        self.reporter.close();
        self.next_connection();
        self.retry.cancel(&());
        self.leave();
    }

    /// Ends the calls and unregisters.
    fn leave(&self) {
        let calls = self.calls.take();
        calls.iter().for_each(|call| call.hang_up(None));
        if let Some(agent) = self.agent.take() {
            agent.stop();
        }
    }

    fn lost(&self, reason: Option<&str>) {
        self.reporter.report(PhoneEvent::Disconnected { reason: reason.map(str::to_owned) });
    }

    fn call(&self, id: &CallId) -> Option<Rc<Call>> {
        self.calls.borrow().iter().find(|call| call.id == *id).cloned()
    }

    fn forget(&self, id: &CallId) {
        self.calls.borrow_mut().retain(|call| call.id != *id);
    }

    /// The oldest call that waits rings, if no other call is on.
    fn let_waiting_ring(&self) {
        if self.calls().iter().all(|call| call.is_waiting())
            && let Some(next) = self.calls().first()
        {
            next.begin_to_ring();
        }
    }

    fn calls(&self) -> Vec<Rc<Call>> {
        self.calls.borrow().clone()
    }
}
