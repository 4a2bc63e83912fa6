use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::dropdown::ITEMS;

/// A screen: the main landmark with its heading. It fills its frame, and scrolls inside where the frame is small.
pub struct Screen {
    /// Tells one screen from the next: no element of one becomes part of another.
    pub key: &'static str,
    pub title: AttrValue,
    /// The title is spoken but not shown.
    pub title_hidden: bool,
    /// Shown above the title.
    pub top: Html,
    /// Shown right under the title.
    pub subtitle: Html,
    pub children: Html,
}

impl Screen {
    /// Draws it.
    pub fn view(self) -> Html {
        // A click beside all controls keeps the focus inside: main takes it, not the page.
        html! {
            <main key={self.key} class="screen" tabindex="-1">
                <header data-unseen={self.title_hidden.then_some("")}>
                    { self.top }
                    <h1 tabindex="-1">{ self.title }</h1>
                    { self.subtitle }
                </header>
                { self.children }
            </main>
        }
    }
}

/// Where [`move_focus_into`] puts the focus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Focus {
    /// Into the field that asks for it, else on the heading, so that a screen reader says where one is and Tab goes on from there.
    Start,
    /// On the screen as a whole: where what had the focus is gone.
    Whole,
    /// Into the panel that has just opened on it, if there is a field in it.
    Panel,
    /// On the chosen item of the menu that has just opened, else on the first.
    Menu,
}

/// Moves the focus into the screen that is shown.
pub fn move_focus_into(focus: Focus) {
    let (first, second) = match focus {
        Focus::Start => ("main [data-focus]", "main h1"),
        Focus::Whole => ("main", "main"),
        Focus::Panel => ("main form input", "main"),
        Focus::Menu => ("[role^=menuitem][aria-checked=true]:enabled", ITEMS),
    };
    if !focus_on(first) {
        focus_on(second);
    }
}

/// Moves the focus to the first element that this selector finds; false when there is none.
pub fn focus_on(selector: &str) -> bool {
    let found = gloo::utils::document().query_selector(selector).ok().flatten();
    found.is_some_and(|element| element.unchecked_into::<HtmlElement>().focus().is_ok())
}
