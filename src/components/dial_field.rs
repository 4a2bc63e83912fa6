use std::cell::RefCell;
use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Button, ButtonVariant, Edit, Glyph};

/// How many characters fit into the field in any frame.
const FITS: usize = 14;

/// What a text becomes in the field; `None` when it must not get there.
pub type Tidy = fn(&str) -> Option<String>;

/// The means to read a [`DialField`] and to write into it.
///
/// The input element holds the text itself: a key press changes that one text and renders no component.
#[derive(Clone)]
pub struct DialFieldHandle {
    input: NodeRef,
    /// What the field held last, to go back to when an edit is refused.
    last: Rc<RefCell<String>>,
    tidy: Tidy,
    on_change: Callback<(String, bool)>,
}

impl DialFieldHandle {
    /// An empty field. Its texts go through `tidy`; `on_change` hears each new text, whoever wrote it, and with `true` that an edit was
    /// refused and the text is what it was.
    pub fn new(tidy: Tidy, on_change: Callback<(String, bool)>) -> Self {
        DialFieldHandle { input: NodeRef::default(), last: Rc::default(), tidy, on_change }
    }

    /// What is in the field.
    pub fn text(&self) -> String {
        self.last.borrow().clone()
    }

    /// Replaces what is in the field; the caret goes behind it.
    pub fn set_text(&self, text: &str) {
        let caret = text.encode_utf16().count() as u32;
        self.put(Edit { text: text.to_owned(), start: caret, end: caret });
        // Though it may be the same text: what was refused before is forgotten.
        self.on_change.emit((text.to_owned(), false));
    }

    /// Types a key at the caret, or in the place of what is selected.
    pub fn press(&self, key: char) {
        if let Some(before) = self.read() {
            self.take(before.insert(key.encode_utf8(&mut [0; 4])), &before.text);
        }
    }

    /// Deletes what is selected, or the character before the caret.
    pub fn backspace(&self) {
        if let Some(before) = self.read() {
            self.take(before.backspace(), &before.text);
        }
    }

    /// Something was typed, pasted, cut or dropped: takes it, or goes back.
    fn edited(&self) {
        if let Some(edit) = self.read() {
            self.take(edit, &self.text());
        }
    }

    /// Puts in what comes of an edit, or goes back to the text before it.
    fn take(&self, edit: Edit, before: &str) {
        match edit.tidied(self.tidy) {
            Some(after) => self.put(after),
            None => {
                self.put(edit.reverted(before));
                self.on_change.emit((before.to_owned(), true));
            }
        }
    }

    fn read(&self) -> Option<Edit> {
        let input = self.input.cast::<HtmlInputElement>()?;
        let text = input.value();
        let end = text.encode_utf16().count() as u32;
        let place = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or(end);
        let (start, end) = (place(input.selection_start()), place(input.selection_end()));
        Some(Edit { text, start, end })
    }

    fn put(&self, edit: Edit) {
        if let Some(input) = self.input.cast::<HtmlInputElement>() {
            // Writing the same value again would throw away what the browser could undo.
            if input.value() != edit.text {
                input.set_value(&edit.text);
                // The text is there, wherever the caret is.
                let _ = input.set_selection_range(edit.start, edit.end);
                // Scrolling makes the browser lay the page out at once, so only what may not fit is scrolled.
                if edit.text.len() > FITS && edit.end as usize == edit.text.len() {
                    input.set_scroll_left(i32::MAX);
                }
            }
        }
        if *self.last.borrow() != edit.text {
            *self.last.borrow_mut() = edit.text.clone();
            self.on_change.emit((edit.text, false));
        }
    }
}

/// The field for a telephone number, with its backspace button. Keys and backspace act at the caret or on the selection.
pub struct DialField<'a> {
    pub handle: &'a DialFieldHandle,
    /// The name of the field.
    pub label: &'static str,
    /// The name of the button that deletes.
    pub backspace_label: &'static str,
    pub test_id: &'static str,
    /// The id of the text that says what is wrong with the number.
    pub error_id: Option<&'static str>,
}

impl DialField<'_> {
    /// Draws it. The first one of a screen has the focus when the screen comes.
    pub fn view(self) -> Html {
        let handle = self.handle.clone();
        let oninput = move |event: InputEvent| {
            if !event.is_composing() {
                handle.edited();
            }
        };
        let handle = self.handle.clone();
        let backspace = Button {
            variant: ButtonVariant::Icon,
            glyph: Some(Glyph::Backspace),
            aria_label: Some(self.backspace_label),
            ..Button::PLAIN
        };
        let on_backspace = Callback::from(move |_| handle.backspace());
        html! {
            <div class="dial-field">
                <input
                    ref={&self.handle.input}
                    type="tel"
                    value={self.handle.text()}
                    autocomplete="off"
                    spellcheck="false"
                    data-focus=""
                    data-test-id={self.test_id}
                    aria-label={self.label}
                    aria-invalid={self.error_id.map(|_| "true")}
                    aria-describedby={self.error_id}
                    {oninput}
                />
                // The focus stays in the field when the mouse presses the button.
                <span onmousedown={|event: MouseEvent| event.prevent_default()}>{ backspace.view(AttrValue::default(), Some(on_backspace)) }</span>
            </div>
        }
    }
}
