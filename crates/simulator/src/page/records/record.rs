use super::{badge, labels, link, phone_number, timeline};
use crate::{
    crm::{Account, PhoneNumber, Record, RecordId},
    i18n::{fill, texts},
    page::{
        Panel,
        kit::{Icon, icon},
    },
};
use yew::prelude::*;

/// A record: its properties, timeline and associated records.
pub fn page(panel: &Panel, id: &RecordId) -> Html {
    let texts = &texts().records;
    let back = {
        let on_show = panel.on_show.clone();
        html! {
            <button type="button" class="button" data-kind="link" onclick={move |_| on_show.emit(None)}>
                <span aria-hidden="true">{ "←" }</span>
                { texts.back }
            </button>
        }
    };
    let Some(record) = Account::get().record(id) else {
        return html! { <>{ back }<p class="empty">{ texts.not_there }</p></> };
    };
    html! {
        <article class="record" data-record={id.to_string()}>
            { back }
            <header>
                <h1>{ labels::name(record) }</h1>
                { badge(id) }
                if let Some(number) = first_number(record) {
                    { call(panel, number) }
                }
            </header>
            <div class="columns">
                <section class="card about">
                    <h2>{ texts.about }</h2>
                    <dl class="facts">
                        { for record.properties.iter().filter_map(fact) }
                        { for record.numbers.iter().map(|number| number_fact(panel, record, number)) }
                        if record.numbers.is_empty() {
                            <dt>{ texts.numbers }</dt>
                            <dd class="soft">{ texts.no_number }</dd>
                        }
                    </dl>
                </section>
                <section class="calls">
                    <h2>{ self::texts().timeline.title }</h2>
                    { timeline::entries(panel, panel.state.timeline(id), Some(id)) }
                </section>
                if !record.associations.is_empty() {
                    <section class="card others">
                        <h2>{ texts.associated }</h2>
                        <ul class="associated">{ for record.associations.iter().filter_map(|id| associated(panel, id)) }</ul>
                    </section>
                }
            </div>
        </article>
    }
}

/// The first number on the page, which can be an associated record's.
fn first_number(record: &Record) -> Option<(&'static Record, &'static PhoneNumber)> {
    Account::get().numbers_on_page(&record.id).into_iter().next()
}

/// The call button beside the name.
fn call(panel: &Panel, (callee, number): (&Record, &PhoneNumber)) -> Html {
    let (on_dial, dial) = (panel.on_dial.clone(), (callee.id.clone(), number.number.clone(), number.property.clone()));
    html! {
        <button type="button" class="button" data-kind="primary" data-test-id="record-call" onclick={move |_| on_dial.emit(dial.clone())}>
            { icon(Icon::Phone) }
            { fill(texts().records.call_first, &labels::name(callee)) }
        </button>
    }
}

fn fact((name, value): (&String, &Option<String>)) -> Option<Html> {
    let is_in_name = ["firstname", "lastname", "name", "subject"].contains(&name.as_str());
    let value = value.as_ref().filter(|value| !value.is_empty() && !is_in_name)?;
    Some(html! {
        <>
            <dt>{ labels::property(name) }</dt>
            <dd>{ value }</dd>
        </>
    })
}

fn number_fact(panel: &Panel, record: &Record, number: &PhoneNumber) -> Html {
    html! {
        <>
            <dt>{ labels::property(&number.property) }</dt>
            <dd>{ phone_number(panel, record, number) }</dd>
        </>
    }
}

fn associated(panel: &Panel, id: &RecordId) -> Option<Html> {
    let record = Account::get().record(id)?;
    Some(html! {
        <li key={id.to_string()}>
            <div class="line">
                { link(panel, record) }
                { badge(id) }
            </div>
            <div class="numbers">{ for record.numbers.iter().map(|number| phone_number(panel, record, number)) }</div>
        </li>
    })
}
