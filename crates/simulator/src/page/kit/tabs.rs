use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// One of several panels.
#[derive(Clone, PartialEq)]
pub struct TabItem {
    /// The id of its button, and its name for tests.
    pub id: &'static str,
    pub label: &'static str,
    /// The id of the panel.
    pub controls: &'static str,
    /// What waits in it: a number, and the number in words.
    pub badge: Option<(u64, String)>,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the tabs choose from.
    pub name: AttrValue,
    pub items: Vec<TabItem>,
    /// The id of the one that is chosen.
    pub chosen: &'static str,
    pub on_choose: Callback<&'static str>,
}

/// Tabs. The arrow keys, Home and End choose; the tab key goes on to the panel.
#[component]
pub fn Tabs(props: &Props) -> Html {
    let root = use_node_ref();
    let onkeydown = {
        let (items, chosen, on_choose, root) =
            (props.items.clone(), props.chosen, props.on_choose.clone(), root.clone());
        move |event: KeyboardEvent| {
            let place = items.iter().position(|item| item.id == chosen).unwrap_or_default();
            let last = items.len().saturating_sub(1);
            let next = match event.key().as_str() {
                "ArrowRight" => (place + 1) % items.len().max(1),
                "ArrowLeft" => place.checked_sub(1).unwrap_or(last),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            if let Some(item) = items.get(next) {
                on_choose.emit(item.id);
                focus(&root, next);
            }
        }
    };
    let tab = |item: &TabItem| {
        let is_chosen = item.id == props.chosen;
        let id = item.id;
        html! {
            <button
                type="button"
                role="tab"
                {id}
                tabindex={if is_chosen { "0" } else { "-1" }}
                aria-selected={is_chosen.to_string()}
                aria-controls={item.controls}
                data-test-id={id}
                onclick={props.on_choose.reform(move |_| id)}
            >
                { item.label }
                if let Some((count, words)) = &item.badge {
                    <span class="badge" data-tone="bad" aria-hidden="true">{ count }</span>
                    <span class="visually-hidden">{ words }</span>
                }
            </button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label={props.name.clone()} ref={root} {onkeydown}>
            { for props.items.iter().map(tab) }
        </div>
    }
}

fn focus(root: &NodeRef, place: usize) {
    let tabs = root.cast::<HtmlElement>().and_then(|root| root.query_selector_all("[role=tab]").ok());
    let tab = tabs.and_then(|tabs| tabs.get(u32::try_from(place).unwrap_or_default()));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        // It is on the page, so it takes the focus.
        let _ = tab.focus();
    }
}
