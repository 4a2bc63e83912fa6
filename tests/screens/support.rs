//! Mounts the widget on an empty page, with a platform that records what it is asked for.

use std::cell::{Cell, RefCell};
use std::fmt;
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
use web_sys::{
    Document, Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    InputEvent, InputEventInit, KeyboardEvent, KeyboardEventInit,
};
use yew::platform::{spawn_local, time::sleep};
use yew::{AppHandle, BaseComponent, Renderer};

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

/// An element as a user perceives it: its role, and its accessible name unless any will do.
#[derive(Clone, Copy)]
pub struct Query<'a> {
    role: &'static str,
    name: Option<&'a str>,
}

pub const ALERT: Query = Query { role: "alert", name: None };
#[cfg(feature = "audio")]
pub const DIALOG: Query = Query { role: "dialog", name: None };
pub const HEADING: Query = Query { role: "heading", name: None };
pub const MAIN: Query = Query { role: "main", name: None };
pub const MENU: Query = Query { role: "menu", name: None };
pub const TIMER: Query = Query { role: "timer", name: None };

/// A button with this text or label.
pub fn button(name: &str) -> Query<'_> {
    Query { role: "button", name: Some(name) }
}

/// A link with this text or label.
pub fn link(name: &str) -> Query<'_> {
    Query { role: "link", name: Some(name) }
}

/// A field with this label.
pub fn field(label: &str) -> Query<'_> {
    Query { role: "textbox", name: Some(label) }
}

/// A list of choices with this label.
pub fn select(label: &str) -> Query<'_> {
    Query { role: "combobox", name: Some(label) }
}

/// An item of an open menu, of any kind.
pub fn menu_item(name: &str) -> Query<'_> {
    Query { role: "menuitem", name: Some(name) }
}

/// A group of controls with this label.
pub fn group(label: &str) -> Query<'_> {
    Query { role: "group", name: Some(label) }
}

/// An output or announcement with this label or text.
pub fn status(name: &str) -> Query<'_> {
    Query { role: "status", name: Some(name) }
}

impl fmt::Display for Query<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.role)?;
        self.name.map_or(Ok(()), |name| write!(formatter, " \"{name}\""))
    }
}

impl Query<'_> {
    fn matches(&self, element: &HtmlElement) -> bool {
        let role = role_of(element);
        let is_role = role == self.role || (self.role == "menuitem" && role.starts_with("menuitem"));
        is_role
            && element.closest("[hidden]").unwrap().is_none()
            && self.name.is_none_or(|name| name_of(element) == normalized(name))
    }
}

fn role_of(element: &HtmlElement) -> String {
    let implicit = || match element.tag_name().as_str() {
        "A" => "link",
        "BUTTON" => "button",
        "DIALOG" => "dialog",
        "H1" => "heading",
        "INPUT" | "TEXTAREA" => "textbox",
        "LI" => "listitem",
        "MAIN" => "main",
        "OUTPUT" => "status",
        "SELECT" => "combobox",
        _ => "",
    };
    element.get_attribute("role").unwrap_or_else(|| implicit().to_owned())
}

/// The accessible name, as far as the widget's elements need it.
fn name_of(element: &HtmlElement) -> String {
    let label = || {
        let label = format!("label[for='{}']", element.id());
        Some(document().query_selector(&label).unwrap()?.text_content().unwrap_or_default())
    };
    let name = element.get_attribute("aria-label").or_else(label).unwrap_or_else(|| element.inner_text());
    normalized(&name)
}

fn normalized(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Widget {
    /// Waits for something to become true; fails with its name.
    pub async fn until(&self, what: &str, holds: impl Fn(&Widget) -> bool) {
        if !becomes_true(|| holds(self)).await {
            panic!("waited in vain for {what}; the page shows: {}", self.page.root.inner_html());
        }
    }

    /// Waits for the element to be there.
    pub async fn shows(&self, query: Query<'_>) -> HtmlElement {
        self.until(&query.to_string(), |widget| widget.find(query).is_some()).await;
        self.get(query)
    }

    /// Waits for the element to be gone.
    pub async fn hides(&self, query: Query<'_>) {
        self.until(&format!("{query} to go"), |widget| widget.find(query).is_none()).await;
    }

    /// Waits for the text to be on the screen.
    pub async fn says(&self, text: &str) {
        self.until(text, |widget| widget.text().contains(text)).await;
    }

    pub async fn until_enabled(&self, query: Query<'_>) {
        self.until(&format!("{query} to be enabled"), |widget| !widget.is_disabled(query)).await;
    }

    pub async fn until_focused(&self, query: Query<'_>) {
        self.until(&format!("the focus on {query}"), |widget| widget.has_focus(query)).await;
    }

    /// What is on the page.
    pub fn text(&self) -> String {
        self.page.root.inner_text()
    }

    /// The element that everything is in.
    pub fn root(&self) -> &HtmlElement {
        &self.page.root
    }

    pub fn find(&self, query: Query) -> Option<HtmlElement> {
        self.all("*").into_iter().find(|element| query.matches(element))
    }

    #[track_caller]
    pub fn get(&self, query: Query) -> HtmlElement {
        self.find(query).unwrap_or_else(|| panic!("there is no {query}"))
    }

    /// All HTML elements that match a selector.
    pub fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.page.root.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
    }

    #[track_caller]
    pub fn click(&self, query: Query) {
        self.get(query).click();
    }

    #[track_caller]
    pub fn has(&self, query: Query, attribute: &str, value: &str) -> bool {
        self.get(query).get_attribute(attribute).as_deref() == Some(value)
    }

    #[track_caller]
    pub fn is_disabled(&self, query: Query) -> bool {
        self.get(query).has_attribute("disabled")
    }

    /// The text that an element is described by (`aria-describedby`), if any.
    #[track_caller]
    pub fn description(&self, query: Query) -> Option<String> {
        let id = self.get(query).get_attribute("aria-describedby")?;
        let described_by =
            document().get_element_by_id(&id).unwrap_or_else(|| panic!("{query} is described by nothing"));
        Some(normalized(&described_by.unchecked_into::<HtmlElement>().inner_text()))
    }

    /// What a field holds.
    #[track_caller]
    pub fn value(&self, query: Query) -> String {
        match self.get(query).dyn_into::<HtmlInputElement>() {
            Ok(input) => input.value(),
            Err(other) => other.unchecked_into::<HtmlTextAreaElement>().value(),
        }
    }

    /// Puts a text into a field, as typing or pasting does; the caret goes behind it.
    #[track_caller]
    pub fn enter(&self, query: Query, text: &str) {
        let element = self.get(query);
        match element.clone().dyn_into::<HtmlInputElement>() {
            Ok(input) => input.set_value(text),
            Err(other) => other.unchecked_into::<HtmlTextAreaElement>().set_value(text),
        }
        let init = InputEventInit::new();
        init.set_bubbles(true);
        element.dispatch_event(&InputEvent::new_with_event_init_dict("input", &init).unwrap()).unwrap();
    }

    /// Chooses the option with this value.
    #[track_caller]
    pub fn choose(&self, query: Query, value: &str) {
        let select: HtmlSelectElement = self.get(query).unchecked_into();
        select.set_value(value);
        let init = EventInit::new();
        init.set_bubbles(true);
        select.dispatch_event(&Event::new_with_event_init_dict("change", &init).unwrap()).unwrap();
    }

    /// Presses a key where the focus is.
    pub fn press(&self, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        focused().dispatch_event(&event).unwrap();
    }

    /// Presses the mouse button on an element and does not release it.
    #[track_caller]
    pub fn mouse_down(&self, query: Query) {
        let init = EventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        self.get(query).dispatch_event(&Event::new_with_event_init_dict("mousedown", &init).unwrap()).unwrap();
    }

    /// Whether a click in the middle of the element would hit it.
    #[track_caller]
    pub fn is_uncovered(&self, query: Query) -> bool {
        let element = self.get(query);
        let bounds = element.get_bounding_client_rect();
        let hit = document().element_from_point(
            (bounds.left() + bounds.width() / 2.0) as f32,
            (bounds.top() + bounds.height() / 2.0) as f32,
        );
        hit.is_some_and(|hit| element.contains(Some(&hit)))
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

    /// Selects a part of a field, or sets the caret.
    #[track_caller]
    pub fn select(&self, query: Query, start: u32, end: u32) {
        let input: HtmlInputElement = self.get(query).unchecked_into();
        input.focus().unwrap();
        input.set_selection_range(start, end).unwrap();
    }

    /// Where the caret of a field is.
    #[track_caller]
    pub fn caret(&self, query: Query) -> Option<u32> {
        self.get(query).unchecked_into::<HtmlInputElement>().selection_end().unwrap()
    }

    pub fn has_focus(&self, query: Query) -> bool {
        self.find(query).is_some_and(|element| *element == focused())
    }

    pub fn has_focus_inside(&self) -> bool {
        self.find(MAIN).is_some_and(|main| main.contains(Some(&focused())))
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

fn focused() -> Element {
    document().active_element().unwrap()
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
