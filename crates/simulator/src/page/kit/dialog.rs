use web_sys::HtmlDialogElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The title of the dialog.
    pub title: AttrValue,
    /// Called when the user presses Escape.
    pub on_cancel: Callback<()>,
    pub children: Html,
    #[prop_or_default]
    pub test_id: Option<AttrValue>,
}

/// A modal dialog that is open while it is mounted. The browser moves the focus into it and back.
#[component]
pub fn Dialog(props: &Props) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                // It is in the document and not open, so this cannot fail.
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let oncancel = {
        let on_cancel = props.on_cancel.clone();
        move |event: Event| {
            event.prevent_default();
            on_cancel.emit(());
        }
    };
    html! {
        <dialog class="dialog" ref={node} aria-labelledby="dialog-title" data-test-id={props.test_id.clone()} {oncancel}>
            <h2 id="dialog-title">{ &props.title }</h2>
            { props.children.clone() }
        </dialog>
    }
}
