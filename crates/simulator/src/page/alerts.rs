//! What HubSpot shows to the user until it is dismissed.

use super::kit::{Icon, icon, icon_button};
use crate::{
    browser::HubSpotHandle,
    hubspot::{Action, Alert, AlertText, State},
    i18n::{fill, texts},
};
use yew::prelude::*;

/// The alerts of the account, the newest first, and what this page alone has to say.
pub fn alerts(hubspot: &HubSpotHandle, state: &State, notice: &UseStateHandle<Option<&'static str>>) -> Html {
    let shown = state.alerts.iter().rev().map(|alert| {
        let (hubspot, id) = (hubspot.clone(), alert.id);
        row(html! { text_of(alert) }, Callback::from(move |_| hubspot.dispatch(Action::Dismiss { alert: id })))
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
        AlertText::FrameTimedOut => words.silent_alert.to_owned(),
        AlertText::NotPersisted => words.not_persisted.to_owned(),
        AlertText::NotDialled(number) => fill(words.not_dialled, number),
    };
    if alert.times > 1 { format!("{text} ({})", fill(words.times, &alert.times.to_string())) } else { text }
}
