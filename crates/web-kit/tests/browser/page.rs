//! A page with one component on it.

use std::time::Duration;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, EventInit, HtmlElement, KeyboardEvent, KeyboardEventInit};
use yew::platform::time::sleep;
use yew::{AppHandle, BaseComponent, Renderer};

/// The component is mounted until this is dropped.
pub struct Page<C: BaseComponent> {
    root: Element,
    app: Option<AppHandle<C>>,
}

/// Mounts a component and waits until it is rendered.
pub async fn show<C: BaseComponent>(props: C::Properties) -> Page<C> {
    let root = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    let app = Some(Renderer::<C>::with_root_and_props(root.clone(), props).render());
    let page = Page { root, app };
    page.until("the component", |page| page.root.first_element_child().is_some()).await;
    page
}

impl<C: BaseComponent> Drop for Page<C> {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

impl<C: BaseComponent> Page<C> {
    /// Waits for something to become true; fails with its name.
    pub async fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        if !becomes_true(|| holds(self)).await {
            panic!("waited in vain for {what}; the page shows: {}", self.root.inner_html());
        }
    }

    /// Waits for the element with this `data-test-id` to have the focus.
    pub async fn until_focused(&self, test_id: &str) {
        self.until(&format!("the focus on {test_id}"), |page| page.has_focus(test_id)).await;
    }

    /// The first element that matches a selector.
    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root.query_selector(selector).unwrap()?.dyn_into().ok()
    }

    /// The element with this `data-test-id`.
    #[track_caller]
    pub fn get(&self, test_id: &str) -> HtmlElement {
        self.find(&selector(test_id)).unwrap_or_else(|| panic!("there is no {test_id}"))
    }

    #[track_caller]
    pub fn attribute(&self, test_id: &str, name: &str) -> Option<String> {
        self.get(test_id).get_attribute(name)
    }

    pub fn has_focus(&self, test_id: &str) -> bool {
        self.find(&selector(test_id)).is_some_and(|element| Some(&*element) == document().active_element().as_ref())
    }

    #[track_caller]
    pub fn focus(&self, test_id: &str) {
        self.get(test_id).focus().unwrap();
    }

    #[track_caller]
    pub fn click(&self, test_id: &str) {
        self.get(test_id).click();
    }

    /// Presses the mouse button on an element and does not release it.
    #[track_caller]
    pub fn mouse_down(&self, test_id: &str) {
        let init = EventInit::new();
        init.set_bubbles(true);
        let event = Event::new_with_event_init_dict("mousedown", &init).unwrap();
        self.get(test_id).dispatch_event(&event).unwrap();
    }
}

/// Waits for something to become true; fails with its name.
pub async fn wait_for(what: &str, holds: impl Fn() -> bool) {
    assert!(becomes_true(holds).await, "waited in vain for {what}");
}

async fn becomes_true(holds: impl Fn() -> bool) -> bool {
    for _ in 0..500 {
        if holds() {
            return true;
        }
        sleep(Duration::from_millis(4)).await;
    }
    false
}

/// Presses a key where the focus is. Returns whether the page prevented what the browser does with the key.
pub fn press(key: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    !document().active_element().unwrap().dispatch_event(&event).unwrap()
}

pub fn document() -> Document {
    gloo::utils::document()
}

fn selector(test_id: &str) -> String {
    format!("[data-test-id={test_id}]")
}
