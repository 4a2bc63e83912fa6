use crate::components::focus;
use yew::prelude::*;
use yew_hooks::prelude::use_effect_once;

/// A reference to the element that gets the focus when the component is mounted.
#[hook]
pub fn use_auto_focus() -> NodeRef {
    let element = use_node_ref();
    {
        let element = element.clone();
        use_effect_once(move || {
            focus(&element);
            || ()
        });
    }
    element
}
