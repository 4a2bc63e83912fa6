//! Mounts the widget on an empty page, with a platform that records what it is asked for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use call_model::{
    Account, Action, Call, CallEvent, CallId, CallPhase, Capabilities, Command, Disposition, EngagementState, Line,
    OwnNumber, PhoneCommand, PhoneEvent, Session, State,
};
use calling_extensions::codec::Map;
use calling_extensions::message::{Direction, GuestMessage, Message, Ms};
use demo_app_rust::account::{Auth, Credentials, LogIn};
use demo_app_rust::app::{App, AppProps};
use demo_app_rust::config::RING_TIME;
use demo_app_rust::hooks::Cti;
use demo_app_rust::runtime::{FrameRequest, Platform, Runtime, RuntimeHandle};
use demo_app_rust::theme;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};
use yew::platform::{spawn_local, time::sleep};
use yew::{AppHandle, BaseComponent, Renderer};

mod elements;

pub use elements::*;

/// When the tests begin, in milliseconds since 1970.
pub const NOW: Ms = 1_700_000_000_000.0;
/// The other side of the call in [`in_call`].
pub const OTHER_SIDE: &str = "+16175550100";
/// The user's numbers in [`account`]; the first one calls.
pub const OWN_NUMBERS: [&str; 2] = ["+16179483986", "+442073238299"];

/// Two numbers and two outcomes, whatever the account of the mock has.
pub fn account() -> Account {
    let own =
        |id: &str, name: &str, number: &str| OwnNumber { id: id.into(), name: name.into(), number: number.into() };
    let disposition = |id: &str, name: &str| Disposition { id: id.into(), name: name.into() };
    Account {
        numbers: vec![own("us-number", "US", OWN_NUMBERS[0]), own("uk-number", "UK", OWN_NUMBERS[1])],
        dispositions: vec![disposition("busy-id", "Busy"), disposition("connected-id", "Connected")],
        ..Account::default()
    }
}

pub fn session() -> Session {
    Session { user: "ada".into(), token: None, account: account() }
}

/// Nobody is logged in.
pub fn logged_out() -> State {
    State::new(Capabilities::ALL, RING_TIME)
}

/// Logged in, no call.
pub fn logged_in() -> State {
    State {
        session: Some(Rc::new(session())),
        line: Line::Connected,
        from_number: OWN_NUMBERS[0].into(),
        ..logged_out()
    }
}

/// With a call with [`OTHER_SIDE`] in this phase.
pub fn in_call(phase: CallPhase) -> State {
    let call = Call {
        id: CallId::from("call"),
        direction: if phase == CallPhase::Ringing { Direction::Inbound } else { Direction::Outbound },
        number: OTHER_SIDE.into(),
        own_number: OWN_NUMBERS[0].into(),
        started_at: NOW,
        phase,
        engagement: EngagementState::Pending,
        notes: String::new(),
        notes_revision: 0,
        callers: Vec::new(),
        recording_since: None,
        recorded: 0.0,
        disposition: None,
        digits: String::new(),
        properties: Map::new(),
        #[cfg(feature = "sip")]
        rings: false,
        #[cfg(feature = "sip")]
        consultation: None,
    };
    State { call: Some(call), ..logged_in() }
}

/// Answered at [`NOW`].
pub fn talking() -> State {
    in_call(CallPhase::Talking { since: NOW, muted: false, held: false })
}

/// What the platform and the log-in were asked for.
#[derive(Default)]
struct Log {
    sent: RefCell<Vec<GuestMessage>>,
    phone_commands: RefCell<Vec<PhoneCommand>>,
    credentials: RefCell<Vec<Credentials>>,
    microphone_requests: Cell<u32>,
    ignored: Cell<u32>,
    time: Cell<Ms>,
}

/// The widget, until it is dropped.
pub struct Widget {
    pub runtime: Rc<Runtime>,
    log: Rc<Log>,
    page: Page,
}

/// Mounts the widget in this state and waits for its screen. Every log-in is accepted.
pub async fn show(state: State) -> Widget {
    mount_widget(state, true).await
}

/// As [`show`], but a log-in gets no answer.
pub async fn show_without_log_in_answer(state: State) -> Widget {
    mount_widget(state, false).await
}

async fn mount_widget(state: State, answers: bool) -> Widget {
    let log = Rc::new(Log::default());
    log.time.set(NOW);
    let cti = cti(state, log.clone(), answers);
    let runtime = cti.runtime;
    let props = AppProps { cti: cti.cti };
    let page = Page::mount::<App>(props);
    let widget = Widget { runtime, log, page };
    // The effects of the first render have run when the screen has the focus.
    widget.until("a screen with the focus", Widget::has_focus_inside).await;
    widget
}

/// A phone for components that are mounted without the app.
pub struct TestPhone {
    pub cti: Cti,
    pub runtime: Rc<Runtime>,
}

/// A phone in this state, on a [`TestPlatform`].
pub fn phone(state: State) -> TestPhone {
    cti(state, Rc::default(), true)
}

fn cti(state: State, log: Rc<Log>, answers: bool) -> TestPhone {
    let auth = Rc::new(TestAuth { log: log.clone(), answers });
    let runtime = Runtime::new(move |handle| (state, Box::new(TestPlatform { log, runtime: handle })));
    TestPhone { cti: Cti::new(runtime.clone(), auth), runtime }
}

thread_local! {
    /// What is mounted. A test that panicked has not removed its page: the next test does.
    static MOUNTED: RefCell<Option<Mounted>> = const { RefCell::new(None) };
}

struct Mounted {
    root: HtmlElement,
    destroy: Box<dyn FnOnce()>,
}

/// A mounted component. It begins on an empty page: what an earlier test has left is removed first.
pub struct Page {
    pub root: HtmlElement,
}

impl Page {
    pub fn mount<C: BaseComponent>(props: C::Properties) -> Page {
        unmount(|_| true);
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let style = document().create_element("style").unwrap();
        style.set_text_content(Some(&theme::SHEETS.concat()));
        root.append_child(&style).unwrap();
        let container = document().create_element("div").unwrap();
        root.append_child(&container).unwrap();
        let app: AppHandle<C> = Renderer::<C>::with_root_and_props(container, props).render();
        let mounted = Mounted { root: root.clone(), destroy: Box::new(move || app.destroy()) };
        MOUNTED.replace(Some(mounted));
        Page { root }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        unmount(|root| *root == self.root);
    }
}

fn unmount(is_meant: impl Fn(&HtmlElement) -> bool) {
    let mounted = MOUNTED.with_borrow_mut(|mounted| mounted.take_if(|mounted| is_meant(&mounted.root)));
    if let Some(Mounted { root, destroy }) = mounted {
        destroy();
        root.remove();
    }
}

impl Widget {
    /// Waits for something to become true; fails with its name.
    pub async fn until(&self, what: &str, holds: impl Fn(&Widget) -> bool) {
        if !becomes_true(|| holds(self)).await {
            panic!("waited in vain for {what}; the page shows: {}", self.page.root.inner_html());
        }
    }

    /// The types of the messages to HubSpot so far.
    pub fn sent(&self) -> Vec<String> {
        self.log.sent.borrow().iter().map(|message| message.kind().to_owned()).collect()
    }

    /// The newest message to HubSpot.
    pub fn last_sent(&self) -> Option<GuestMessage> {
        self.log.sent.borrow().last().cloned()
    }

    /// The commands to the phone system so far.
    pub fn phone_commands(&self) -> Vec<PhoneCommand> {
        self.log.phone_commands.borrow().clone()
    }

    /// What was given to log in so far.
    pub fn credentials(&self) -> Vec<Credentials> {
        self.log.credentials.borrow().clone()
    }

    /// How often the browser was asked for the microphone so far.
    pub fn microphone_requests(&self) -> u32 {
        self.log.microphone_requests.get()
    }

    /// How many actions were ignored so far.
    pub fn ignored(&self) -> u32 {
        self.log.ignored.get()
    }

    /// Sets the clock, in milliseconds since [`NOW`].
    pub fn set_time(&self, since_start: Ms) {
        self.log.time.set(NOW + since_start);
    }

    /// Reports an event of the current call.
    #[track_caller]
    pub fn report(&self, event: CallEvent) {
        let call = self.runtime.state().call.as_ref().unwrap().id.clone();
        self.runtime.dispatch(Action::Phone(PhoneEvent::Call { call, event }));
    }
}

/// Waits for something to become true, for five seconds.
pub async fn becomes_true(holds: impl Fn() -> bool) -> bool {
    for _ in 0..1_250 {
        if holds() {
            return true;
        }
        sleep(Duration::from_millis(4)).await;
    }
    false
}

/// Lets the current task end, and everything that was due in it: the runtime is flushed and all components are rendered.
pub async fn end_of_task() {
    sleep(Duration::ZERO).await;
}

pub fn document() -> Document {
    gloo::utils::document()
}

struct TestAuth {
    log: Rc<Log>,
    answers: bool,
}

impl Auth for TestAuth {
    fn log_in(&self, credentials: Credentials) -> LogIn<'_> {
        self.log.credentials.borrow_mut().push(credentials);
        if self.answers { Box::pin(async { Ok(session()) }) } else { Box::pin(std::future::pending()) }
    }

    fn resume(&self, session: Session) -> LogIn<'_> {
        Box::pin(async { Ok(session) })
    }
}

/// Records commands. The phone system is connected at once.
struct TestPlatform {
    log: Rc<Log>,
    runtime: RuntimeHandle,
}

impl Platform for TestPlatform {
    fn now(&self) -> Ms {
        self.log.time.get()
    }

    fn fresh_id(&self) -> CallId {
        CallId::from("fresh")
    }

    fn execute(&self, command: Command) {
        match command {
            Command::Send(message) => self.log.sent.borrow_mut().push(message),
            Command::Phone(_, command) => self.log.phone_commands.borrow_mut().push(command),
            Command::Connect(_) => self.runtime.dispatch(Action::Phone(PhoneEvent::Connected)),
            Command::AskForMicrophone => {
                self.log.microphone_requests.set(self.log.microphone_requests.get() + 1);
            }
            Command::Disconnect
            | Command::Resume(_)
            | Command::RenewSession(_)
            | Command::EndSession(_)
            | Command::AskForStorage
            | Command::Alert(_)
            | Command::After(..) => {}
        }
    }

    fn schedule_flush(&self) {
        let runtime = self.runtime.clone();
        spawn_local(async move {
            runtime.with(Runtime::flush);
        });
    }

    fn publish(&self, _state: &State) {}

    fn hand_over(&self) {}

    fn follow(&self) {}

    fn forward(&self, _request: FrameRequest) {}

    fn log(&self, _line: &str) {
        self.log.ignored.set(self.log.ignored.get() + 1);
    }
}
