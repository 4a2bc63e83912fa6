//! The page as a whole.

use super::{
    Panel, inspector::Inspector, records::Records, scenarios::Scenarios, trouble::TroublePanel, widget::Widget,
};
use crate::{
    crm::RecordId,
    desk::{Action, Dial},
    place::{self, Query},
    rim::Handle,
    texts::texts,
};
use gloo::utils::{document, window};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Handle,
}

#[derive(Clone, Copy, PartialEq)]
enum Tab {
    Messages,
    Scenarios,
    Trouble,
}

/// Records in the middle, panels at the side, the widget above them.
#[component]
pub fn App(props: &Props) -> Html {
    let desk = &props.desk;
    let texts = &texts().shell;
    let update = use_force_update();
    let query = use_memo((), |()| query());
    let record = use_state_eq(|| query.record.clone());
    let tab = use_state_eq(|| Tab::Messages);
    let is_open = use_state_eq(|| false);
    {
        let (desk, record) = (desk.clone(), record.setter());
        use_effect_with((), move |()| {
            document().set_title(texts.title);
            desk.connect(move || update.force_update(), move |shown, _new_tab| record.set(Some(shown)));
        });
    }
    let url = use_memo((), |()| {
        let href = window().location().href().unwrap_or_default();
        AttrValue::from(query.widget.clone().unwrap_or_else(|| place::own_widget(&href)))
    });
    let on_dial = {
        let (desk, is_open, shown) = (desk.clone(), is_open.setter(), (*record).clone());
        Callback::from(move |(callee, number, property): (RecordId, String, String)| {
            is_open.set(true);
            let frame = desk.frames().first().map(|frame| frame.id.clone());
            let record = shown.clone().unwrap_or_else(|| callee.clone());
            desk.dispatch(Action::Dial(Dial { frame, record, callee, property, number }));
        })
    };
    let on_show = {
        let record = record.setter();
        Callback::from(move |shown| record.set(shown))
    };
    let panel = Panel {
        desk: desk.clone(),
        state: desk.state(),
        messages: desk.messages(),
        record: (*record).clone(),
        on_show,
        on_dial,
    };
    let choose = |wanted: Tab, text: &'static str| {
        let setter = tab.setter();
        let onclick = move |_| setter.set(wanted);
        html! { <button type="button" role="tab" aria-selected={(*tab == wanted).to_string()} {onclick}>{ text }</button> }
    };
    let open = {
        let is_open = is_open.setter();
        move |_| is_open.set(true)
    };
    html! {
        <>
            <header class="bar">
                <span>{ texts.title }</span>
                <button type="button" data-test-id="call-button" onclick={open}>{ texts.open_widget }</button>
            </header>
            <main><Records ..panel.clone() /></main>
            <aside aria-label={texts.panels}>
                <div role="tablist">
                    { choose(Tab::Messages, texts.messages) }
                    { choose(Tab::Scenarios, texts.scenarios) }
                    { choose(Tab::Trouble, texts.trouble) }
                </div>
                { match *tab {
                    Tab::Messages => html! { <Inspector ..panel /> },
                    Tab::Scenarios => html! { <Scenarios ..panel /> },
                    Tab::Trouble => html! { <TroublePanel ..panel /> },
                } }
            </aside>
            if *is_open {
                <Widget desk={desk.clone()} url={(*url).clone()} />
            }
        </>
    }
}

fn query() -> Query {
    let search = window().location().search().unwrap_or_default();
    let Ok(parameters) = web_sys::UrlSearchParams::new_with_str(&search) else { return Query::default() };
    let pairs = parameters.entries().into_iter().flatten().filter_map(|pair| {
        let pair: js_sys::Array = pair.into();
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    });
    Query::of(pairs)
}
