//! The widget in a page of its own, with a world that only writes down what it is asked for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use call_model::{Action, Call, CallId, Capabilities, EngagementState, Notice, Phase, PhoneCommand, State};
use calling_extensions::message::{Direction, GuestMessage, Message, Ms};
use demo_app_rust::account::Credentials;
use demo_app_rust::app::{App, Props};
use demo_app_rust::hooks::Cti;
use demo_app_rust::runtime::{Runtime, World};
use demo_app_rust::theme;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement, InputEvent,
    InputEventInit, KeyboardEvent, KeyboardEventInit,
};
use yew::platform::time::sleep;
use yew::{AppHandle, Callback, Renderer};

pub const NOW: Ms = 1_700_000_000_000.0;

/// The widget as it is shown, until it is dropped.
pub struct Widget {
    pub runtime: Rc<Runtime>,
    told: Rc<RefCell<Vec<GuestMessage>>>,
    asked: Rc<RefCell<Vec<PhoneCommand>>>,
    credentials: Rc<RefCell<Vec<Credentials>>>,
    microphone: Rc<Cell<u32>>,
    root: Element,
    app: Option<AppHandle<App>>,
}

/// Shows the widget with this state, and waits until its screen is there. Everybody is let in.
pub async fn show(state: State) -> Widget {
    show_with(state, |runtime| runtime.dispatch(Action::LogIn)).await
}

/// As [`show`], with something else that happens when the user asks to be let in.
pub async fn show_with(state: State, when_asked: impl Fn(&Runtime) + 'static) -> Widget {
    let told = Rc::new(RefCell::new(Vec::new()));
    let asked = Rc::new(RefCell::new(Vec::new()));
    let credentials = Rc::new(RefCell::new(Vec::new()));
    let microphone = Rc::new(Cell::new(0));
    let diary = Diary { told: told.clone(), asked: asked.clone(), microphone: microphone.clone() };
    let runtime = Runtime::new(move |_| (state, Box::new(diary) as Box<dyn World>));
    let log_in = {
        let (runtime, credentials) = (runtime.clone(), credentials.clone());
        Callback::from(move |given| {
            credentials.borrow_mut().push(given);
            when_asked(&runtime);
        })
    };
    let root = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    let style = document().create_element("style").unwrap();
    style.set_text_content(Some(theme::SHEETS));
    root.append_child(&style).unwrap();
    let place = document().create_element("div").unwrap();
    root.append_child(&place).unwrap();
    let props = Props { cti: Cti::new(runtime.clone(), log_in) };
    let app = Some(Renderer::<App>::with_root_and_props(place, props).render());
    let widget = Widget { runtime, told, asked, credentials, microphone, root, app };
    // The effects of the first render have run when the screen has the focus.
    widget.until("a screen with the focus", Widget::has_focus_inside).await;
    widget
}

impl Drop for Widget {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

impl Widget {
    /// Waits for something to become true; fails with its name.
    pub async fn until(&self, what: &str, holds: impl Fn(&Widget) -> bool) {
        for _ in 0..500 {
            if holds(self) {
                return;
            }
            sleep(Duration::from_millis(4)).await;
        }
        panic!("waited in vain for {what}; the page shows: {}", self.root.inner_html());
    }

    /// Waits for the element to be there.
    pub async fn shows(&self, selector: &str) -> HtmlElement {
        self.until(selector, |widget| widget.find(selector).is_some()).await;
        self.get(selector)
    }

    /// Waits for the text to be on the screen.
    pub async fn says(&self, text: &str) {
        self.until(text, |widget| widget.text().contains(text)).await;
    }

    pub fn text(&self) -> String {
        self.get("[class]").inner_text()
    }

    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root.query_selector(selector).unwrap()?.dyn_into().ok()
    }

    #[track_caller]
    pub fn get(&self, selector: &str) -> HtmlElement {
        self.find(selector).unwrap_or_else(|| panic!("there is no {selector}"))
    }

    #[track_caller]
    pub fn click(&self, selector: &str) {
        self.get(selector).click();
    }

    #[track_caller]
    pub fn has(&self, selector: &str, attribute: &str, value: &str) -> bool {
        self.get(selector).get_attribute(attribute).as_deref() == Some(value)
    }

    #[track_caller]
    pub fn is_disabled(&self, selector: &str) -> bool {
        self.get(selector).has_attribute("disabled")
    }

    /// What a field holds.
    #[track_caller]
    pub fn value(&self, selector: &str) -> String {
        let element = self.get(selector);
        match element.dyn_into::<HtmlInputElement>() {
            Ok(input) => input.value(),
            Err(other) => other.unchecked_into::<HtmlTextAreaElement>().value(),
        }
    }

    /// Puts a text into a field, as typing or pasting does; the caret goes behind it.
    #[track_caller]
    pub fn enter(&self, selector: &str, text: &str) {
        let element = self.get(selector);
        match element.clone().dyn_into::<HtmlInputElement>() {
            Ok(input) => input.set_value(text),
            Err(other) => other.unchecked_into::<HtmlTextAreaElement>().set_value(text),
        }
        let init = InputEventInit::new();
        init.set_bubbles(true);
        let event = InputEvent::new_with_event_init_dict("input", &init).unwrap();
        element.dispatch_event(&event).unwrap();
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

    /// Points there and presses, without a click.
    #[track_caller]
    pub fn point_at(&self, selector: &str) {
        let init = EventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        self.get(selector).dispatch_event(&Event::new_with_event_init_dict("pointerdown", &init).unwrap()).unwrap();
    }

    /// Whether a mouse that points at the middle of the element would hit it.
    #[track_caller]
    pub fn is_free(&self, selector: &str) -> bool {
        let element = self.get(selector);
        let place = element.get_bounding_client_rect();
        let hit = document().element_from_point(
            (place.left() + place.width() / 2.0) as f32,
            (place.top() + place.height() / 2.0) as f32,
        );
        hit.is_some_and(|hit| element.contains(Some(&hit)))
    }

    /// The types of the messages to HubSpot so far.
    pub fn told(&self) -> Vec<String> {
        self.told.borrow().iter().map(|message| message.kind().to_owned()).collect()
    }

    /// The newest message to HubSpot.
    pub fn last_told(&self) -> Option<GuestMessage> {
        self.told.borrow().last().cloned()
    }

    /// What the phone was asked for so far.
    pub fn asked(&self) -> Vec<PhoneCommand> {
        self.asked.borrow().clone()
    }

    /// What was given to be let in so far.
    pub fn credentials(&self) -> Vec<Credentials> {
        self.credentials.borrow().clone()
    }

    /// How often the browser was asked for the microphone so far.
    pub fn microphone_asked(&self) -> u32 {
        self.microphone.get()
    }

    /// Selects a part of a field, or sets the caret.
    #[track_caller]
    pub fn select(&self, selector: &str, start: u32, end: u32) {
        let input: HtmlInputElement = self.get(selector).unchecked_into();
        input.focus().unwrap();
        input.set_selection_range(start, end).unwrap();
    }

    /// Where the caret of a field is.
    #[track_caller]
    pub fn caret(&self, selector: &str) -> Option<u32> {
        self.get(selector).unchecked_into::<HtmlInputElement>().selection_end().unwrap()
    }

    /// Whether the focus is there.
    pub fn has_focus(&self, selector: &str) -> bool {
        self.find(selector).is_some_and(|element| JsValue::from(element) == JsValue::from(focused()))
    }
}

impl Widget {
    pub fn has_focus_inside(&self) -> bool {
        self.find("main").is_some_and(|main| main.contains(Some(&focused())))
    }
}

pub fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn focused() -> Element {
    document().active_element().unwrap()
}

/// Logged in, no call.
pub fn logged_in() -> State {
    State { logged_in: true, ..State::new(Capabilities::ALL, "+16179483986") }
}

/// With an outgoing call to +1 617 555 0100 in this phase.
pub fn in_call(phase: Phase) -> State {
    let call = Call {
        id: CallId::from("call"),
        direction: if phase == Phase::Ringing { Direction::Inbound } else { Direction::Outbound },
        number: "+16175550100".into(),
        own_number: "+16179483986".into(),
        started_at: NOW,
        phase,
        engagement: EngagementState::Awaited,
        notes: String::new(),
        notes_revision: 0,
        callers: Vec::new(),
        recording_since: None,
        recorded: 0.0,
        disposition: None,
        digits: String::new(),
    };
    State { call: Some(call), ..logged_in() }
}

/// Answered right now.
pub fn talking() -> State {
    in_call(Phase::Talking { since: NOW, muted: false, held: false })
}

struct Diary {
    told: Rc<RefCell<Vec<GuestMessage>>>,
    asked: Rc<RefCell<Vec<PhoneCommand>>>,
    microphone: Rc<Cell<u32>>,
}

impl World for Diary {
    fn now(&self) -> Ms {
        NOW
    }
    fn fresh_id(&self) -> CallId {
        CallId::from("fresh")
    }
    fn tell(&self, message: GuestMessage) {
        self.told.borrow_mut().push(message);
    }
    fn phone(&self, _call: &CallId, command: PhoneCommand) {
        self.asked.borrow_mut().push(command);
    }
    fn resume(&self, _call: &CallId) {}
    fn after(&self, _delay: Ms, _action: Action) {}
    fn changed(&self, _state: &State) {}
    fn mirrors(&self) {}
    fn forward(&self, _action: Action) {}
    fn alert(&self, _notice: &Notice) {}
    fn ask_for_microphone(&self) {
        self.microphone.set(self.microphone.get() + 1);
    }
    fn log(&self, _line: &str) {}
}
