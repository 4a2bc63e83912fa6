use call_model::Call;
use calling_extensions::message::OpenIn;
use stylist::yew::styled_component;
use yew::prelude::*;

use super::caller_names;
use crate::components::{Button, ButtonVariant, glyph};
use crate::hooks::{use_cti, use_cti_selector};
use crate::i18n::{fill, texts};

/// Links to the records that may be the other side's: in the tab that HubSpot is open in, and in a new one.
#[styled_component]
pub fn Records() -> Html {
    let texts = texts();
    let cti = use_cti();
    let records = use_cti_selector(|state| state.call.as_ref().map(matches).unwrap_or_default());
    let class = css!(
        r#"
        flex: 0 1 auto; width: fit-content; max-width: 100%; min-height: 44px; margin: 0 auto; overflow: auto;

        & > li { display: flex; align-items: center; justify-content: space-between; overflow-wrap: anywhere; }
        @media (max-width: 240px) { & > li { flex-wrap: wrap; } }
        "#
    );
    let only = records.len() == 1;
    let opens = |index: usize, open_in: OpenIn| {
        let cti = cti.clone();
        Callback::from(move |_| cti.open_record(index, open_in))
    };
    let item = |record: &Match| {
        let name = if only { AttrValue::from(texts.open_record) } else { record.name.clone() };
        html! {
            <li key={record.index}>
                if record.can_open {
                    <Button variant={ButtonVariant::Link} onclick={opens(record.index, OpenIn::CurrentTab)}>
                        <bdi>{ name }</bdi>
                    </Button>
                    <Button
                        variant={ButtonVariant::Icon}
                        glyph={glyph::EXTERNAL}
                        onclick={opens(record.index, OpenIn::NewTab)}
                    >
                        <span class="visually-hidden">{ fill(texts.open_in_tab, &record.name) }</span>
                    </Button>
                } else {
                    <bdi>{ name }</bdi>
                }
            </li>
        }
    };
    // The name of a single match is the title already: without a record to open there is nothing more to show.
    let shown = records.iter().filter(|record| record.can_open || !only).map(item).collect::<Vec<_>>();
    html! {
        if !shown.is_empty() {
            <ul {class}>{ shown }</ul>
        }
    }
}

#[derive(Clone, PartialEq)]
struct Match {
    index: usize,
    name: AttrValue,
    can_open: bool,
}

fn matches(call: &Call) -> Vec<Match> {
    let can_open = |index: usize| call.callers.get(index).is_some_and(|caller| caller.object_coordinates.is_some());
    let names = caller_names(call).into_iter();
    names.map(|(index, name)| Match { index, name: name.into(), can_open: can_open(index) }).collect()
}
