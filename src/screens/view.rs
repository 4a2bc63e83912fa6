use std::cell::{Ref, RefCell};
use std::rc::Rc;

use call_model::state::{Screen, State};
use yew::prelude::*;
use yew_hooks::prelude::use_update;

use super::number_field::{NumberField, START};
use crate::components::{Focus, focus_on, move_focus_into};
use crate::texts::texts;

/// What this frame alone shows: which menu is open, what is being typed. The state of the phone knows nothing of it.
pub struct Shown {
    /// The screen that all this is on; the next one begins anew.
    screen: Option<Screen>,
    /// The open menu, by the id of its button.
    pub menu: Option<&'static str>,
    /// What lies over the notes of a call.
    pub panel: Panel,
    /// The form for a call that is made up is open.
    pub testing: bool,
    /// The number that HubSpot asked for, by its serial, that the dial field was last filled with; absent before it was filled.
    filled: Option<Option<u32>>,
    /// The hint that the user has closed; it stays closed on every screen.
    pub closed: Option<Hint>,
    /// Where the focus goes once this is drawn.
    focus: Option<Focus>,
}

/// What lies over the notes. The button that ends the call stays free in any case.
#[derive(Clone, Copy, PartialEq)]
pub enum Panel {
    None,
    Keypad,
    Transfer,
}

/// What is said below the screen while nothing is wrong with a call.
#[derive(Clone, Copy, PartialEq)]
pub enum Hint {
    /// Where the messages can be seen.
    Console,
    NoFrame,
    Overdue,
}

impl Shown {
    fn new(screen: Option<Screen>, closed: Option<Hint>) -> Self {
        Shown {
            screen,
            menu: None,
            panel: Panel::None,
            testing: false,
            filled: None,
            closed,
            focus: Some(Focus::Start),
        }
    }
}

/// The means to read and to change what is `Shown`. It never changes itself, so it can be cloned into any callback.
#[derive(Clone)]
pub struct View {
    shown: Rc<RefCell<Shown>>,
    redraw: Rc<dyn Fn()>,
    /// The number to call.
    pub dial: NumberField,
    /// Who calls in a call that is made up.
    pub caller: NumberField,
    /// The number to transfer to.
    pub transfer: NumberField,
}

/// What the one component that uses it shows besides the state. A change of it renders that component again.
#[hook]
pub fn use_view() -> View {
    let redraw = use_update();
    let kept = use_mut_ref(|| View {
        shown: Rc::new(RefCell::new(Shown::new(None, None))),
        dial: NumberField::new(redraw.clone()),
        caller: NumberField::new(redraw.clone()),
        transfer: NumberField::new(redraw.clone()),
        redraw: redraw.clone(),
    });
    kept.borrow().clone()
}

impl View {
    /// What is shown.
    pub fn shown(&self) -> Ref<'_, Shown> {
        self.shown.borrow()
    }

    /// Shows something else.
    pub fn change(&self, change: impl FnOnce(&mut Shown)) {
        change(&mut self.shown.borrow_mut());
        (self.redraw)();
    }

    /// Opens this menu, and moves the focus into it; or closes the one that is open, and leaves the focus where it is.
    pub fn set_menu(&self, menu: Option<&'static str>) {
        self.change(|shown| {
            shown.menu = menu;
            shown.focus = menu.map(|_| Focus::Menu);
        });
    }

    /// A click that opens this menu, or closes it.
    pub fn toggle_menu(&self, id: &'static str) -> Callback<MouseEvent> {
        let view = self.clone();
        Callback::from(move |_| {
            let is_open = view.shown().menu == Some(id);
            view.set_menu((!is_open).then_some(id));
        })
    }

    /// Closes the open menu, if there is one; its button gets the focus.
    pub fn leave_menu(&self) {
        let menu = self.shown().menu;
        if let Some(id) = menu {
            self.set_menu(None);
            focus_on(&["#", id].concat());
        }
    }

    /// Lays this over the notes.
    pub fn set_panel(&self, panel: Panel) {
        if panel == Panel::Transfer {
            self.transfer.set_text(START);
        }
        self.change(|shown| {
            shown.focus = (panel == Panel::Transfer).then_some(Focus::Panel);
            shown.panel = panel;
        });
    }

    /// Opens the form for a call that is made up, or closes it.
    pub fn set_testing(&self, testing: bool) {
        self.caller.set_text(START);
        self.change(|shown| shown.testing = testing);
    }

    /// Before each drawing: another screen begins anew.
    pub fn begin(&self, screen: Screen) {
        let mut shown = self.shown.borrow_mut();
        if shown.screen != Some(screen) {
            *shown = Shown::new(Some(screen), shown.closed);
        }
    }

    /// After each drawing: the dial field gets the number that HubSpot asked for, and the focus goes where it is wanted.
    pub fn settle(&self, state: &State) {
        let asked = state.requested.as_ref().map(|request| request.serial);
        if self.shown().screen == Some(Screen::Keypad) && self.shown().filled != Some(asked) {
            self.shown.borrow_mut().filled = Some(asked);
            self.dial.set_text(state.requested.as_ref().map_or(START, |request| &request.number));
        }
        let focus = self.shown.borrow_mut().focus.take();
        if let Some(focus) = focus {
            if focus == Focus::Start
                && let Some(root) = gloo::utils::document().document_element()
            {
                // A page that keeps its language is read with the wrong voice, and still works.
                let _ = root.set_attribute("lang", texts().lang);
            }
            move_focus_into(focus);
        }
    }
}
