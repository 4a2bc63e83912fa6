//! What HubSpot shows to the user until it is dismissed.

use super::kit::{Icon, icon, icon_button};
use crate::{
    desk::{Action, Alert, AlertText, State},
    rim::Handle,
    texts::{fill, texts},
};
use yew::prelude::*;

/// The alerts of the account, the newest first, and what this page alone has to say.
pub fn alerts(desk: &Handle, state: &State, notice: &UseStateHandle<Option<&'static str>>) -> Html {
    let shown = state.alerts.iter().rev().map(|alert| {
        let (desk, id) = (desk.clone(), alert.id);
        row(html! { text_of(alert) }, Callback::from(move |_| desk.dispatch(Action::Dismiss { alert: id })))
    });
    let own = notice.map(|text| {
        let notice = notice.setter();
        row(text.into(), Callback::from(move |_| notice.set(None)))
    });
    html! {
        // It stays: a region that comes with its text is often not read.
        <div class="alerts" role="region" aria-label={texts().shell.alerts} aria-live="assertive">{ own }{ for shown }</div>
    }
}

fn row(text: Html, on_dismiss: Callback<MouseEvent>) -> Html {
    html! {
        <div class="alert" data-test-id="alert">
            { icon(Icon::Warning) }
            <p>{ text }</p>
            { icon_button(Icon::Close, texts().shell.dismiss, "alert-dismiss", on_dismiss) }
        </div>
    }
}

fn text_of(alert: &Alert) -> String {
    let words = &texts().shell;
    let text = match &alert.text {
        AlertText::Widget(text) => text.clone(),
        AlertText::Silent => words.silent_alert.to_owned(),
        AlertText::NotKept => words.not_kept.to_owned(),
        AlertText::NotDialled(number) => fill(words.not_dialled, number),
    };
    if alert.times > 1 { format!("{text} ({})", fill(words.times, &alert.times.to_string())) } else { text }
}
