//! The styles of components in a page whose Content-Security-Policy forbids `<style>` elements.

use stylist::manager::StyleManager;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{CssStyleSheet, MutationObserver, MutationObserverInit};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct AdoptedStylesProps {
    pub children: Html,
}

/// Puts the styles of all components in it into one constructed style sheet of the document.
///
/// stylist makes a `<style>` element for each style and has no nonce for it. A policy without `'unsafe-inline'` blocks such an
/// element as soon as it is in the document, but not a style sheet that a script has constructed.
///
/// Styles apply before the page is painted, but not yet in the effects of the component that brings them. Where the browser has
/// no constructed style sheets, the components have `<style>` elements.
#[component]
pub fn AdoptedStyles(props: &AdoptedStylesProps) -> Html {
    let manager = use_memo((), |()| manager().unwrap_or_default());
    html! { <ContextProvider<StyleManager> context={(*manager).clone()}>{ props.children.clone() }</ContextProvider<StyleManager>> }
}

/// A manager whose elements are in a container outside of the document, which the style sheet follows.
fn manager() -> Result<StyleManager, JsValue> {
    let document = gloo::utils::document();
    let container = document.create_element("div")?;
    let sheet = CssStyleSheet::new()?;
    document.adopted_style_sheets().push(&sheet);
    let styles = container.clone();
    let on_change = Closure::<dyn FnMut()>::new(move || {
        // Rules that the browser does not know are left out; it never fails for a sheet that was constructed.
        let _ = sheet.replace_sync(&styles.text_content().unwrap_or_default());
    });
    let observer = MutationObserver::new(on_change.as_ref().unchecked_ref())?;
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    observer.observe_with_options(&container, &options)?;
    // The page has one, as long as it lives.
    on_change.forget();
    StyleManager::builder().container(container.into()).build().map_err(|_| JsValue::NULL)
}
