//! The alerts.

use super::kit::icon_button;
use crate::{
    browser::HubSpotHandle,
    hubspot::{Action, Alert, AlertText, State},
    i18n::{fill, texts},
};
use web_kit::{Icon, glyph};
use yew::prelude::*;

/// This page's own notice and HubSpot's alerts, newest first.
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
        // The region is always rendered: screen readers often skip a live region that is added together with its text.
        <div class="alerts" role="region" aria-label={texts().shell.alerts} aria-live="assertive">{ own }{ for shown }</div>
    }
}

fn row(text: Html, on_dismiss: Callback<MouseEvent>) -> Html {
    html! {
        <div class="alert" data-test-id="alert">
            <Icon glyph={glyph::WARNING} />
            <p>{ text }</p>
            { icon_button(glyph::CLOSE, texts().shell.dismiss, "alert-dismiss", on_dismiss) }
        </div>
    }
}

fn text_of(alert: &Alert) -> String {
    let words = &texts().shell;
    let text = match &alert.text {
        AlertText::Widget(text) => text.clone(),
        AlertText::FrameTimedOut => words.frame_timed_out.to_owned(),
        AlertText::InboundNotSupported => words.no_inbound_calling.to_owned(),
        AlertText::NotPersisted => words.not_persisted.to_owned(),
        AlertText::NotDialled(number) => fill(words.not_dialled, number),
    };
    if alert.times > 1 { format!("{text} ({})", fill(words.repeated, &alert.times.to_string())) } else { text }
}
