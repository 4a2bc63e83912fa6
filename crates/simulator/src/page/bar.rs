//! The navigation bar.

use crate::{
    apps::{App, Apps},
    hubspot::State,
    i18n::{fill, texts},
};
use web_kit::{Glyph, Icon, Menu, MenuItem, MenuItemRole, MenuPlacement, glyph};
use yew::prelude::*;

/// An action of the user in the navigation bar.
#[derive(Clone, PartialEq)]
pub enum BarAction {
    /// Show the widget.
    Call,
    /// Select the app with this name.
    Choose(String),
    /// Add an app.
    Add,
    /// Edit or export the selected app.
    Edit,
    /// Reset the account.
    Reset,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub state: std::rc::Rc<State>,
    pub apps: Apps,
    /// Whether a frame is open on any page.
    pub is_open: bool,
    pub on_action: Callback<BarAction>,
}

/// Title, presence, *Call from*, and the button that opens the widget.
#[component]
pub fn Bar(props: &Props) -> Html {
    let words = &texts().shell;
    let chosen = props.apps.chosen();
    let command = |text: String, icon: Glyph, action: BarAction, test_id: &'static str| {
        let onclick = props.on_action.reform(move |_| action.clone());
        html! { <MenuItem leading={html! { <Icon glyph={icon} /> }} {onclick} {test_id}>{ text }</MenuItem> }
    };
    let label = html! {
        <><span class="visually-hidden">{ words.call_from }{ ": " }</span><span class="chosen">{ &chosen.name }</span></>
    };
    let call = props.on_action.reform(|_| BarAction::Call);
    html! {
        <header class="bar">
            <p class="brand">
                <span class="logo"><Icon glyph={glyph::BRIEFCASE} /></span>
                <span class="name">{ words.title }</span>
                <small>{ words.subtitle }</small>
            </p>
            <div class="end">
                { presence(&props.state, props.is_open) }
                <Menu
                    {label}
                    menu_label={words.call_from}
                    placement={MenuPlacement::BelowEnd}
                    button_class="button"
                    test_id="call-from"
                >
                    { for props.apps.all().map(|app| entry(app, &chosen, &props.on_action)) }
                    { command(words.add_app.into(), glyph::PLUS, BarAction::Add, "add-app") }
                    { command(fill(words.edit_app, &chosen.name), glyph::EDIT, BarAction::Edit, "edit-app") }
                    { command(words.reset.into(), glyph::RELOAD, BarAction::Reset, "reset") }
                </Menu>
                <button type="button" class="button" data-kind="primary" data-test-id="call-button" onclick={call}>
                    <Icon glyph={glyph::PHONE} />
                    { words.call }
                </button>
            </div>
        </header>
    }
}

fn entry(app: &App, chosen: &App, on_action: &Callback<BarAction>) -> Html {
    let onclick = {
        let name = app.name.clone();
        on_action.reform(move |_| BarAction::Choose(name.clone()))
    };
    html! {
        <MenuItem
            role={MenuItemRole::Radio}
            checked={app.name == chosen.name}
            leading={html! { <Icon glyph={glyph::PHONE} /> }}
            {onclick}
            test_id="call-from-option"
        >
            <span class="app">
                <span>
                    { &app.name }
                    if !app.is_ready {
                        { " " }
                        <span class="badge" data-tone="warn">{ texts().shell.testing }</span>
                    }
                </span>
                <small>{ &app.url }</small>
            </span>
        </MenuItem>
    }
}

/// The user's presence, as sent by the widget.
fn presence(state: &State, is_open: bool) -> Html {
    let words = &texts().shell;
    let (key, text) = match (state.presence.logged_in, state.presence.available) {
        _ if !is_open => ("none", words.no_widget),
        (Some(false), _) => ("logged-out", words.logged_out),
        (_, Some(true)) => ("available", words.available),
        (_, Some(false)) => ("unavailable", words.unavailable),
        (Some(true), None) => ("logged-in", words.logged_in),
        (None, None) => ("unknown", words.unknown_presence),
    };
    html! {
        <p class="presence" role="status" data-test-id="availability" data-state={key}>
            <span class="dot" aria-hidden="true"></span>
            <span class="text">{ text }</span>
        </p>
    }
}
