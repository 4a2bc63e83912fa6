//! The records: the list, or one record with its timeline, and the task queue above.

mod labels;
mod list;
mod record;
mod timeline;

use super::{Panel, queue::TaskQueue};
use crate::{
    crm::{PhoneNumber, Record, RecordId},
    i18n::{fill_all, texts},
};
use web_kit::{Icon, glyph};
use yew::prelude::*;

/// The records of the account.
#[component]
pub fn Records(panel: &Panel) -> Html {
    html! {
        <>
            <TaskQueue ..panel.clone() />
            { match &panel.record {
                Some(id) => record::page(panel, id),
                None => html! { <list::List ..panel.clone() /> },
            } }
        </>
    }
}

/// A button that calls a number.
fn phone_number(panel: &Panel, record: &Record, number: &PhoneNumber) -> Html {
    let call = (record.id.clone(), number.number.clone(), number.property.clone());
    let on_dial = panel.on_dial.clone();
    let label = fill_all(texts().records.call, &[&labels::name(record), &number.number]);
    html! {
        <button
            type="button"
            class="number"
            aria-label={label}
            data-test-id="record-phone-number"
            onclick={move |_| on_dial.emit(call.clone())}
        >
            <Icon glyph={glyph::PHONE} />
            { &number.number }
        </button>
    }
}

/// A link to a record.
fn link(panel: &Panel, record: &Record) -> Html {
    let (on_show, id) = (panel.on_show.clone(), record.id.clone());
    html! {
        <button type="button" class="link" onclick={move |_| on_show.emit(Some(id.clone()))}>{ labels::name(record) }</button>
    }
}

fn badge(id: &RecordId) -> Html {
    html! { <span class="badge">{ labels::kind(id) }</span> }
}
