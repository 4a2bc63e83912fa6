use std::cell::RefCell;
use std::rc::Rc;

use stylist::yew::styled_component;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Button, ButtonVariant, Edit, focus, glyph};

/// How many characters fit into the field in any frame.
const FITS: usize = 14;

/// The form that a text takes in the field; `None` when it must not get there.
pub type Normalize = fn(&str) -> Option<String>;

/// Reads a [`DialField`] and writes into it.
///
/// The input element keeps the text itself: a key press changes that one text and renders no component.
#[derive(Clone)]
pub struct DialFieldHandle {
    input: NodeRef,
    /// What the field held last, to go back to when an edit is refused.
    last: Rc<RefCell<String>>,
    normalize: Normalize,
    on_change: Callback<(String, bool)>,
}

impl PartialEq for DialFieldHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.last, &other.last) && self.on_change == other.on_change
    }
}

/// An empty field. Its texts go through `normalize`. `on_change` gets each new text; `true` beside it says that an edit was
/// refused and the text is what it was.
#[hook]
pub fn use_dial_field(normalize: Normalize, on_change: Callback<(String, bool)>) -> DialFieldHandle {
    let input = use_node_ref();
    let last = use_mut_ref(String::new);
    DialFieldHandle { input, last, normalize, on_change }
}

impl DialFieldHandle {
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

    /// Moves the focus into the field.
    pub fn focus(&self) {
        focus(&self.input);
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
        match edit.normalized(self.normalize) {
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

#[derive(Properties, PartialEq)]
pub struct DialFieldProps {
    pub handle: DialFieldHandle,
    /// The accessible name of the field.
    pub label: AttrValue,
    /// The accessible name of the button that deletes.
    pub backspace_label: AttrValue,
    /// `data-test-id` of the field.
    #[prop_or_default]
    pub test_id: Option<AttrValue>,
    /// The id of the text that explains what is wrong with the number; the field then counts as invalid.
    #[prop_or_default]
    pub error_id: Option<AttrValue>,
}

/// The field for a phone number, with its backspace button. Keys and backspace act at the caret or on the selection.
#[styled_component]
pub fn DialField(props: &DialFieldProps) -> Html {
    let class = css!(
        r#"
        display: flex; flex: none; align-items: center; padding: 4px; background: var(--surface);
        border: 1px solid var(--edge); border-radius: 14px;

        &:focus-within { border-color: var(--focus); box-shadow: 0 0 0 1px var(--focus); }
        input {
            flex: 1; min-width: 0; height: 44px; padding: 0 4px 0 48px; border: 0; background: none; text-align: center;
            font-size: clamp(12px, 8vw, 22px); font-weight: 500; letter-spacing: .02em; font-variant-numeric: tabular-nums;
        }
        @media (max-width: 240px) {
            flex-direction: column;
            input { flex: none; width: 100%; padding: 0 4px; }
        }
        input:focus-visible { outline: none; }
        @media (forced-colors: active) { &:focus-within { outline: 2px solid Highlight; } }
        "#
    );
    let oninput = {
        let handle = props.handle.clone();
        move |event: InputEvent| {
            if !event.is_composing() {
                handle.edited();
            }
        }
    };
    let on_backspace = {
        let handle = props.handle.clone();
        Callback::from(move |_| handle.backspace())
    };
    html! {
        <div {class}>
            <input
                ref={&props.handle.input}
                type="tel"
                value={props.handle.text()}
                autocomplete="off"
                spellcheck="false"
                data-test-id={props.test_id.clone()}
                aria-label={&props.label}
                aria-invalid={props.error_id.is_some().then_some("true")}
                aria-describedby={props.error_id.clone()}
                {oninput}
            />
            // The focus stays in the field when the mouse presses the button.
            <span onmousedown={|event: MouseEvent| event.prevent_default()}>
                <Button
                    variant={ButtonVariant::Icon}
                    glyph={glyph::BACKSPACE}
                    aria_label={&props.backspace_label}
                    onclick={on_backspace}
                />
            </span>
        </div>
    }
}
