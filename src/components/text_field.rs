use stylist::yew::styled_component;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    pub id: AttrValue,
    pub label: AttrValue,
    /// `"text"`, `"password"`, …
    #[prop_or(AttrValue::Static("text"))]
    pub r#type: AttrValue,
    /// Which text the browser may fill in.
    #[prop_or_default]
    pub autocomplete: Option<AttrValue>,
    /// The element, which keeps the text itself.
    #[prop_or_default]
    pub node_ref: NodeRef,
}

/// A line of text with its label above.
#[styled_component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let class = css!(
        r#"
        display: flex; flex-direction: column; gap: 6px;

        label { font-size: 13px; font-weight: 600; }
        input {
            width: 100%; height: 44px; padding: 0 14px; border: 1px solid var(--edge); border-radius: 12px;
            background: var(--surface);
        }
        input:focus-visible { border-color: var(--focus); outline-offset: -1px; }
        "#
    );
    html! {
        <div {class}>
            <label for={&props.id}>{ &props.label }</label>
            <input
                ref={&props.node_ref}
                id={&props.id}
                type={&props.r#type}
                dir="auto"
                autocomplete={props.autocomplete.clone()}
            />
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct TextAreaProps {
    pub id: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    /// Gets the text after every change.
    pub oninput: Callback<String>,
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    #[prop_or_default]
    pub hidden: bool,
    #[prop_or_default]
    pub node_ref: NodeRef,
}

/// Several lines of text with a label above. It takes the height that its screen has left.
#[styled_component]
pub fn TextArea(props: &TextAreaProps) -> Html {
    let class = css!(
        r#"
        display: flex; flex-direction: column; flex: 1 1 96px; gap: 6px; min-height: 96px;

        label { font-size: 13px; font-weight: 600; }
        textarea {
            flex: 1; width: 100%; min-height: 0; padding: 10px 14px; border: 1px solid var(--edge); border-radius: 12px;
            background: var(--surface); resize: none;
        }
        textarea::placeholder { color: var(--soft); opacity: 1; }
        textarea:focus-visible { border-color: var(--focus); outline-offset: -1px; }
        "#
    );
    let oninput =
        props.oninput.reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    html! {
        <div {class} hidden={props.hidden}>
            <label for={&props.id}>{ &props.label }</label>
            <textarea
                ref={&props.node_ref}
                id={&props.id}
                dir="auto"
                value={&props.value}
                placeholder={props.placeholder.clone()}
                {oninput}
            />
        </div>
    }
}
