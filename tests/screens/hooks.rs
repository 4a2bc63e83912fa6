//! The hooks by which components get the state.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::support::{Page, TestPhone, becomes_true, end_of_task, logged_in, phone};
use call_model::{State, UserAction};
use demo_app_rust::hooks::{Cti, CtiProvider, use_cti, use_cti_selector, use_persistent_state};
use wasm_bindgen_test::wasm_bindgen_test as test;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
struct RootProps {
    cti: Cti,
    children: Html,
}

#[component]
fn Root(props: &RootProps) -> Html {
    html! { <CtiProvider cti={props.cti.clone()}>{ props.children.clone() }</CtiProvider> }
}

/// Mounts components that use the phone.
async fn mount(phone: &TestPhone, children: Html) -> Page {
    let page = Page::mount::<Root>(RootProps { cti: phone.cti.clone(), children });
    end_of_task().await;
    page
}

/// Waits until the page shows exactly this text.
async fn shows(page: &Page, text: &str) {
    assert!(becomes_true(|| page.root.inner_text() == text).await, "{:?} instead of {text:?}", page.root.inner_text());
}

/// Values from inside of a component.
#[derive(Clone)]
struct Log<T>(Rc<RefCell<Vec<T>>>);

impl<T> Log<T> {
    fn new() -> Self {
        Log(Rc::default())
    }

    fn push(&self, value: T) {
        self.0.borrow_mut().push(value);
    }

    fn take(&self) -> Vec<T> {
        self.0.take()
    }
}

impl<T> PartialEq for Log<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Properties, PartialEq)]
struct AvailableProps {
    /// What each render has shown.
    renders: Log<bool>,
}

#[component]
fn Available(props: &AvailableProps) -> Html {
    let available = use_cti_selector(|state| state.available);
    props.renders.push(available);
    html! { available.to_string() }
}

#[test]
async fn a_selector_renders_when_its_part_changes_and_only_then() {
    let (phone, renders) = (phone(logged_in()), Log::new());
    let page = mount(&phone, html! { <Available renders={renders.clone()} /> }).await;
    assert_eq!(renders.take(), [false]);

    phone.cti.set_available(true);
    shows(&page, "true").await;
    assert_eq!(renders.take(), [true]);

    for other in [UserAction::SetRingtone(false), UserAction::ChooseFromNumber("+442073238299".into())] {
        phone.runtime.dispatch(other);
        end_of_task().await;
    }
    phone.cti.set_available(true);
    end_of_task().await;
    assert!(renders.take().is_empty());

    // Back before the flush: there is nothing to show.
    phone.cti.set_available(false);
    phone.cti.set_available(true);
    end_of_task().await;
    assert!(renders.take().is_empty());
}

/// A child that shows one of the app's values, of which the parent says which one.
#[component]
fn Parent() -> Html {
    let key = use_state_eq(|| "first");
    let onclick = {
        let key = key.setter();
        move |_| key.set("second")
    };
    html! { <><button {onclick} /><Value name={*key} /></> }
}

#[derive(Properties, PartialEq)]
struct ValueProps {
    name: &'static str,
}

#[component]
fn Value(props: &ValueProps) -> Html {
    let name = props.name;
    let value = use_cti_selector(move |state: &State| state.extras.get(name).cloned());
    html! { value.unwrap_or_default() }
}

#[test]
async fn a_selector_uses_the_props_of_the_newest_render() {
    let phone = phone(logged_in());
    phone.cti.set_extra("first", "1".into());
    let page = mount(&phone, html! { <Parent /> }).await;
    shows(&page, "1").await;

    phone.cti.set_extra("second", "2".into());
    click(&page);
    shows(&page, "2").await;

    phone.cti.set_extra("second", "3".into());
    shows(&page, "3").await;
    phone.cti.set_extra("first", "4".into());
    end_of_task().await;
    shows(&page, "3").await;
}

#[derive(Properties, PartialEq)]
struct SelectingProps {
    /// One entry for each call of the selector.
    calls: Log<()>,
}

#[component]
fn Selecting(props: &SelectingProps) -> Html {
    let calls = props.calls.clone();
    let available = use_cti_selector(move |state| {
        calls.push(());
        state.available
    });
    html! { available.to_string() }
}

/// Shows its child until it is clicked, and again at the next click.
#[component]
fn Toggled(props: &ChildrenProps) -> Html {
    let shown = use_state_eq(|| true);
    let onclick = {
        let shown = shown.clone();
        move |_| shown.set(!*shown)
    };
    html! { <><button {onclick} />if *shown { { props.children.clone() } }</> }
}

#[derive(Properties, PartialEq)]
struct ChildrenProps {
    children: Html,
}

fn click(page: &Page) {
    use wasm_bindgen::JsCast;
    let button = page.root.query_selector("button").unwrap().unwrap();
    button.unchecked_into::<web_sys::HtmlElement>().click();
}

#[test]
async fn the_selector_of_an_unmounted_component_is_not_called() {
    let (phone, calls) = (phone(logged_in()), Log::new());
    let page = mount(&phone, html! { <Toggled><Selecting calls={calls.clone()} /></Toggled> }).await;
    shows(&page, "false").await;
    click(&page);
    shows(&page, "").await;
    calls.take();
    phone.cti.set_available(true);
    end_of_task().await;
    assert!(calls.take().is_empty());

    click(&page);
    shows(&page, "true").await;
}

/// Changes the state in its first effect, before the selector below has subscribed.
#[component]
fn Changing() -> Html {
    let cti = use_cti();
    let change = use_context::<Callback<()>>();
    use_effect_with((), move |()| {
        cti.set_available(true);
        if let Some(change) = change {
            change.emit(());
        }
    });
    let available = use_cti_selector(|state| state.available);
    html! { available.to_string() }
}

#[test]
async fn a_change_between_the_first_render_and_its_effects_is_not_missed() {
    let phone = phone(logged_in());
    let flush = {
        let runtime = phone.runtime.clone();
        Callback::from(move |()| runtime.flush())
    };
    let children =
        html! { <ContextProvider<Callback<()>> context={flush}><Changing /></ContextProvider<Callback<()>>> };
    let page = mount(&phone, children).await;
    shows(&page, "true").await;
}

#[derive(Properties, PartialEq)]
struct ListProps {
    /// How often `initial` was called.
    initial: Log<()>,
}

/// Numbers beside the call; a click adds one.
#[component]
fn List(props: &ListProps) -> Html {
    let initial = props.initial.clone();
    let numbers = use_persistent_state("numbers", move || {
        initial.push(());
        vec![1_u32]
    });
    let onclick = {
        let numbers = numbers.clone();
        move |_| numbers.set(&[&numbers[..], &[numbers.len() as u32 + 1]].concat())
    };
    html! { <button {onclick}>{ format!("{:?}", *numbers) }</button> }
}

fn click_nth(page: &Page, index: u32) {
    use wasm_bindgen::JsCast;
    let buttons = page.root.query_selector_all("button").unwrap();
    buttons.get(index).unwrap().unchecked_into::<web_sys::HtmlElement>().click();
}

#[test]
async fn a_persistent_state_is_shared_and_survives_its_components() {
    let (phone, initial) = (phone(logged_in()), Log::new());
    let list = html! { <List initial={initial.clone()} /> };
    let page = mount(&phone, html! { <>{ list.clone() }{ " " }{ list.clone() }</> }).await;
    shows(&page, "[1] [1]").await;
    click_nth(&page, 1);
    shows(&page, "[1, 2] [1, 2]").await;
    click_nth(&page, 0);
    shows(&page, "[1, 2, 3] [1, 2, 3]").await;
    drop(page);

    initial.take();
    let page = mount(&phone, list).await;
    shows(&page, "[1, 2, 3]").await;
    assert!(initial.take().is_empty(), "the stored value is used");

    phone.cti.log_out();
    shows(&page, "[1]").await;
}

#[test]
async fn a_persistent_value_of_another_form_is_replaced_by_the_initial_one() {
    for json in ["", "{", "\"text\"", "{\"numbers\": 1}", "[-1]"] {
        let phone = phone(logged_in());
        phone.cti.set_extra("numbers", json.into());
        let page = mount(&phone, html! { <List initial={Log::new()} /> }).await;
        shows(&page, "[1]").await;
        click_nth(&page, 0);
        shows(&page, "[1, 2]").await;
    }
}

#[test]
async fn a_listener_is_called_while_it_is_kept() {
    let phone = phone(logged_in());
    let calls = Rc::new(Cell::new(0));
    let listener: Rc<dyn Fn()> = {
        let calls = calls.clone();
        Rc::new(move || calls.set(calls.get() + 1))
    };
    phone.cti.subscribe(&listener);
    phone.cti.set_available(true);
    end_of_task().await;
    drop(listener);
    phone.cti.set_available(false);
    end_of_task().await;
    assert_eq!(calls.get(), 1);
}
