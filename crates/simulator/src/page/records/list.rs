use super::{badge, labels, link, phone_number, timeline};
use crate::{
    crm::{Account, ObjectType, Record},
    i18n::{fill, texts},
    page::Panel,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The number of calls below the list.
const RECENT: usize = 10;

/// The list of records with search and filter, and the recent calls.
#[component]
pub fn List(panel: &Panel) -> Html {
    let texts = &texts().records;
    let search = use_state_eq(String::new);
    let kind = use_state_eq(|| None::<ObjectType>);
    let oninput = {
        let search = search.setter();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                search.set(input.value());
            }
        }
    };
    let choice = |of: Option<ObjectType>| {
        let setter = kind.setter();
        html! {
            <button type="button" class="chip" aria-pressed={(*kind == of).to_string()} onclick={move |_| setter.set(of)}>
                { labels::kinds(of) }
            </button>
        }
    };
    let found = Account::get().search(&search, *kind);
    html! {
        <>
            <h1>{ texts.title }</h1>
            <div class="finder">
                <input class="input" type="search" aria-label={texts.search} placeholder={texts.search} value={(*search).clone()} {oninput} />
                <div class="chips" role="group" aria-label={texts.kinds}>
                    { choice(None) }
                    { for ObjectType::ALL.into_iter().map(|of| choice(Some(of))) }
                </div>
            </div>
            <p class="visually-hidden" role="status">{ fill(texts.found, &found.len().to_string()) }</p>
            if found.is_empty() {
                <p class="empty">{ texts.nothing_found }</p>
            } else {
                <div class="card table-card">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{ texts.name }</th>
                                <th scope="col">{ texts.kind }</th>
                                <th scope="col">{ texts.numbers }</th>
                            </tr>
                        </thead>
                        <tbody>{ for found.into_iter().map(|record| row(panel, record)) }</tbody>
                    </table>
                </div>
            }
            <section class="calls">
                <h2>{ self::texts().timeline.recent }</h2>
                { timeline::entries(panel, panel.state.calls.iter().rev().take(RECENT), None) }
            </section>
        </>
    }
}

fn row(panel: &Panel, record: &Record) -> Html {
    let details = ["jobtitle", "city", "hs_pipeline_stage", "location"];
    let detail = details.iter().find_map(|name| record.property(name));
    html! {
        <tr key={record.id.to_string()} data-test-id="record-row" data-record={record.id.to_string()}>
            <td>
                { link(panel, record) }
                if let Some(detail) = detail {
                    <small>{ detail }</small>
                }
            </td>
            <td>{ badge(&record.id) }</td>
            <td>
                <div class="numbers">
                    { for record.numbers.iter().map(|number| phone_number(panel, record, number)) }
                    if record.numbers.is_empty() {
                        <span class="soft">{ texts().records.no_number }</span>
                    }
                </div>
            </td>
        </tr>
    }
}
