use super::{Icon, icon};
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, Node};
use yew::prelude::*;

/// An item of a menu.
#[derive(Clone, PartialEq)]
pub struct MenuItem {
    pub label: Html,
    /// For one of several exclusive items: whether it is selected.
    pub checked: Option<bool>,
    /// The icon before the label. A selected item has a check mark instead.
    pub icon: Option<Icon>,
    pub on_choose: Callback<()>,
    pub test_id: Option<&'static str>,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The content of the button, before the caret.
    pub label: Html,
    /// The accessible name of the menu.
    pub name: AttrValue,
    pub items: Vec<MenuItem>,
    pub test_id: &'static str,
}

/// A button that opens a menu. Arrow keys, Home and End move the focus in it. Escape closes it and returns the focus to the button. A
/// click or the focus elsewhere closes it.
#[component]
pub fn Menu(props: &Props) -> Html {
    let open = use_state_eq(bool::default);
    let root = use_node_ref();
    let is_open = *open;
    {
        let (open, root) = (open.setter(), root.clone());
        use_effect_with(is_open, move |is_open| {
            let listener = is_open.then(|| {
                if !focus(&root, "[aria-checked=true]") {
                    focus(&root, "[role^=menuitem]");
                }
                let root = root.clone();
                EventListener::new(&gloo::utils::window(), "pointerdown", move |event| {
                    if is_outside(&root, event.target()) {
                        open.set(false);
                    }
                })
            });
            move || drop(listener)
        });
    }
    let toggle = {
        let open = open.setter();
        move |_| open.set(!is_open)
    };
    let onfocusout = {
        let (open, root) = (open.setter(), root.clone());
        move |event: FocusEvent| {
            if event.related_target().is_some() && is_outside(&root, event.related_target()) {
                open.set(false);
            }
        }
    };
    let onkeydown = {
        let (open, root) = (open.setter(), root.clone());
        move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" if is_open => {
                open.set(false);
                focus(&root, "button");
            }
            "ArrowDown" | "ArrowUp" if !is_open => {
                open.set(true);
                event.prevent_default();
            }
            key if is_open && step(&root, key) => event.prevent_default(),
            _ => {}
        }
    };
    let item = |item: &MenuItem| {
        let (open, root, on_choose) = (open.setter(), root.clone(), item.on_choose.clone());
        let onclick = move |_| {
            open.set(false);
            focus(&root, "button");
            on_choose.emit(());
        };
        let role = if item.checked.is_some() { "menuitemradio" } else { "menuitem" };
        html! {
            <button
                type="button"
                {role}
                tabindex="-1"
                aria-checked={item.checked.map(|checked| checked.to_string())}
                data-test-id={item.test_id}
                {onclick}
            >
                <span class="mark">
                    { item.icon.or((item.checked == Some(true)).then_some(Icon::Check)).map(icon) }
                </span>
                { item.label.clone() }
            </button>
        }
    };
    let items: Vec<Html> = props.items.iter().map(item).collect();
    html! {
        <div class="menu" ref={root} {onkeydown} {onfocusout}>
            <button
                type="button"
                class="button"
                aria-haspopup="menu"
                aria-expanded={is_open.to_string()}
                data-test-id={props.test_id}
                onclick={toggle}
            >
                { props.label.clone() }
                { icon(Icon::Caret) }
            </button>
            if is_open {
                <div class="popup" role="menu" aria-label={props.name.clone()}>{ for items }</div>
            }
        </div>
    }
}

fn is_outside(root: &NodeRef, target: Option<EventTarget>) -> bool {
    let node = target.and_then(|target| target.dyn_into::<Node>().ok());
    !root.get().is_some_and(|root| root.contains(node.as_ref()))
}

fn focus(root: &NodeRef, selector: &str) -> bool {
    let found = root.cast::<Element>().and_then(|root| root.query_selector(selector).ok().flatten());
    found.and_then(|found| found.dyn_into::<HtmlElement>().ok()).is_some_and(|found| found.focus().is_ok())
}

/// Moves the focus to another item. Returns false if the key does not do that.
fn step(root: &NodeRef, key: &str) -> bool {
    let items = root.cast::<Element>().and_then(|root| root.query_selector_all("[role^=menuitem]").ok());
    let Some(items) = items.filter(|items| items.length() > 0) else { return false };
    let count = items.length();
    let active = gloo::utils::document().active_element();
    let position = (0..count).find(|index| {
        let item: Option<Element> = items.get(*index).and_then(|item| item.dyn_into().ok());
        item.is_some() && item == active
    });
    let next = match (key, position) {
        ("ArrowDown", Some(position)) => (position + 1) % count,
        ("ArrowUp", Some(position)) => (position + count - 1) % count,
        ("ArrowDown" | "Home", _) => 0,
        ("ArrowUp" | "End", _) => count - 1,
        _ => return false,
    };
    items.get(next).and_then(|item| item.dyn_into::<HtmlElement>().ok()).is_some_and(|item| item.focus().is_ok())
}
