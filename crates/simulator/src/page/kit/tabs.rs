use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// A tab.
#[derive(Clone, PartialEq)]
pub struct TabItem {
    /// The id of the button, which is also its test id.
    pub id: &'static str,
    pub label: &'static str,
    /// The id of the panel.
    pub controls: &'static str,
    /// A count, and its text for screen readers.
    pub badge: Option<(u64, String)>,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The accessible name of the tab list.
    pub name: AttrValue,
    pub items: Vec<TabItem>,
    /// The id of the selected tab.
    pub chosen: &'static str,
    pub on_choose: Callback<&'static str>,
}

/// A tab list. The arrow keys, Home and End select a tab; the Tab key moves on to the panel.
#[component]
pub fn Tabs(props: &Props) -> Html {
    let root = use_node_ref();
    let onkeydown = {
        let (items, chosen, on_choose, root) =
            (props.items.clone(), props.chosen, props.on_choose.clone(), root.clone());
        move |event: KeyboardEvent| {
            let position = items.iter().position(|item| item.id == chosen).unwrap_or_default();
            let last = items.len().saturating_sub(1);
            let next = match event.key().as_str() {
                "ArrowRight" => (position + 1) % items.len().max(1),
                "ArrowLeft" => position.checked_sub(1).unwrap_or(last),
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

fn focus(root: &NodeRef, position: usize) {
    let tabs = root.cast::<HtmlElement>().and_then(|root| root.query_selector_all("[role=tab]").ok());
    let tab = tabs.and_then(|tabs| tabs.get(u32::try_from(position).unwrap_or_default()));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        // The tab is in the document, so this cannot fail.
        let _ = tab.focus();
    }
}
