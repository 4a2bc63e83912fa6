//! The navigation bar.

use super::kit::{Icon, Menu, MenuItem, icon};
use crate::{
    apps::{App, Apps},
    hubspot::State,
    i18n::{fill, texts},
};
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
    let act = |action: BarAction| props.on_action.reform(move |()| action.clone());
    let mut items: Vec<MenuItem> = props.apps.all().map(|app| entry(app, &chosen, &props.on_action)).collect();
    items.push(command(words.add_app.into(), Icon::Plus, act(BarAction::Add), "add-app"));
    items.push(command(fill(words.edit_app, &chosen.name), Icon::Edit, act(BarAction::Edit), "edit-app"));
    items.push(command(words.reset.into(), Icon::Reload, act(BarAction::Reset), "reset"));
    let label = html! {
        <><span class="visually-hidden">{ words.call_from }{ ": " }</span><span class="chosen">{ &chosen.name }</span></>
    };
    let call = props.on_action.reform(|_| BarAction::Call);
    html! {
        <header class="bar">
            <p class="brand">
                <span class="logo">{ icon(Icon::Logo) }</span>
                <span class="name">{ words.title }</span>
                <small>{ words.subtitle }</small>
            </p>
            <div class="end">
                { presence(&props.state, props.is_open) }
                <Menu {label} name={words.call_from} {items} test_id="call-from" />
                <button type="button" class="button" data-kind="primary" data-test-id="call-button" onclick={call}>
                    { icon(Icon::Phone) }
                    { words.call }
                </button>
            </div>
        </header>
    }
}

fn entry(app: &App, chosen: &App, on_action: &Callback<BarAction>) -> MenuItem {
    let name = app.name.clone();
    let label = html! {
        <span class="two">
            <span>
                { &app.name }
                if !app.is_ready {
                    { " " }
                    <span class="badge" data-tone="warn">{ texts().shell.testing }</span>
                }
            </span>
            <small>{ &app.url }</small>
        </span>
    };
    MenuItem {
        label,
        icon: None,
        checked: Some(app.name == chosen.name),
        on_choose: on_action.reform(move |()| BarAction::Choose(name.clone())),
        test_id: Some("call-from-option"),
    }
}

fn command(label: String, icon: Icon, on_choose: Callback<()>, test_id: &'static str) -> MenuItem {
    MenuItem { label: label.into(), icon: Some(icon), checked: None, on_choose, test_id: Some(test_id) }
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
