use web_sys::HtmlElement;
use yew::prelude::*;

/// For the element that has the focus when its component appears.
#[hook]
pub fn use_auto_focus() -> NodeRef {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| focus(&node));
    }
    node
}

/// Moves the focus there. Where an element takes none, it stays where it is.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.focus();
    }
}
