//! Finds the elements of the widget as a user perceives them, and acts on them.

use super::{Widget, document};
use std::fmt;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, InputEvent,
    InputEventInit, KeyboardEvent, KeyboardEventInit,
};

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

fn focused() -> Element {
    document().active_element().unwrap()
}
