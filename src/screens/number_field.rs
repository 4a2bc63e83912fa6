use std::cell::Cell;
use std::rc::Rc;

use call_model::phone_number::{self, NotDialable};
use web_sys::SubmitEvent;
use yew::prelude::*;

use crate::components::{Button, DialField, DialFieldHandle};
use crate::texts::texts;

/// What a field begins with.
pub const START: &str = "+1";

/// A field for a number to be called, and what there is to say about the number in it.
#[derive(Clone)]
pub struct NumberField {
    field: DialFieldHandle,
    verdict: Rc<Cell<Verdict>>,
}

/// Only this makes the screen render again: while it stays the same, a key press changes the text in the field alone.
#[derive(Clone, Copy, PartialEq)]
struct Verdict {
    /// Why the number cannot be dialled.
    error: Option<NotDialable>,
    /// Something that is on no keypad was kept out of the field.
    refused: bool,
}

impl Verdict {
    fn of((text, refused): (String, bool)) -> Self {
        Verdict { error: phone_number::dialable(&text).err(), refused }
    }
}

impl NumberField {
    /// A field that takes what [`phone_number::tidy`] lets in, and calls `redraw` when there is something else to say about it.
    pub fn new(redraw: Rc<dyn Fn()>) -> Self {
        let verdict = Rc::new(Cell::new(Verdict { error: Some(NotDialable::TooShort), refused: false }));
        let shown = verdict.clone();
        let on_change = Callback::from(move |change| {
            let verdict = Verdict::of(change);
            if shown.replace(verdict) != verdict {
                redraw();
            }
        });
        NumberField { field: DialFieldHandle::new(phone_number::tidy, on_change), verdict }
    }

    /// Puts another number in.
    pub fn set_text(&self, text: &str) {
        self.field.set_text(text);
    }

    /// Types a key.
    pub fn press(&self, key: char) {
        self.field.press(key);
    }

    /// Whether the number can be called.
    pub fn is_dialable(&self) -> bool {
        self.verdict.get().error.is_none()
    }

    /// Draws it, and below it what is wrong. A number that is too short is one that is still being typed: that is not wrong.
    pub fn view(&self, label: &'static str, test_id: &'static str, error_id: &'static str) -> Html {
        let texts = texts();
        let error = match self.verdict.get() {
            Verdict { refused: true, .. } => Some(texts.not_a_number),
            Verdict { error: Some(NotDialable::TooLong), .. } => Some(texts.too_long),
            _ => None,
        };
        let field = DialField {
            handle: &self.field,
            label,
            backspace_label: texts.backspace,
            test_id,
            error_id: error.map(|_| error_id),
        };
        html! {
            <>
                { field.view() }
                if let Some(error) = error {
                    <p class="error" id={error_id} role="alert">{ error }</p>
                }
            </>
        }
    }

    /// What its form does when it is sent, by Enter too: `submit` gets the number.
    pub fn on_submit(&self, submit: Callback<String>) -> Callback<SubmitEvent> {
        let field = self.field.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            submit.emit(field.text());
        })
    }

    /// Draws it in a form of its own, with its label above and a button below. `names` are the label, the field's name for tests, and
    /// the id of what is wrong.
    pub fn form(&self, names: [&'static str; 3], send: Button, text: &'static str, submit: Callback<String>) -> Html {
        let [label, test_id, error_id] = names;
        let send = Button { submits: true, disabled: !self.is_dialable(), ..send };
        html! {
            <form class="number" onsubmit={self.on_submit(submit)}>
                <p aria-hidden="true">{ label }</p>
                { self.view(label, test_id, error_id) }
                { send.view(text.into(), None) }
            </form>
        }
    }
}
