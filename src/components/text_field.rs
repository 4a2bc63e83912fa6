use stylist::css;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// A line of text with its label above.
#[derive(Default)]
pub struct TextField {
    pub id: &'static str,
    pub label: &'static str,
    /// `"text"`, `"password"`, `"tel"`, …
    pub r#type: &'static str,
    pub value: AttrValue,
    /// Gets the text after every change.
    pub oninput: Callback<String>,
    /// Which text the browser may fill in.
    pub autocomplete: &'static str,
    pub test_id: Option<&'static str>,
    /// Takes the focus when its screen comes.
    pub focus: bool,
}

impl TextField {
    /// Draws it.
    pub fn view(self) -> Html {
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
        let oninput =
            self.oninput.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
        html! {
            <div {class}>
                <label for={self.id}>{ self.label }</label>
                <input
                    id={self.id}
                    type={self.r#type}
                    value={self.value}
                    autocomplete={self.autocomplete}
                    data-test-id={self.test_id}
                    data-focus={self.focus.then_some("")}
                    {oninput}
                />
            </div>
        }
    }
}

/// Several lines of text with a label above; it takes the room that its screen has left.
#[derive(Default)]
pub struct TextArea {
    pub id: &'static str,
    pub label: &'static str,
    pub value: AttrValue,
    /// Gets the text after every change.
    pub oninput: Callback<String>,
    pub placeholder: &'static str,
    pub hidden: bool,
    /// Takes the focus when its screen comes.
    pub focus: bool,
}

impl TextArea {
    /// Draws it.
    pub fn view(self) -> Html {
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
            self.oninput.reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
        html! {
            <div {class} hidden={self.hidden}>
                <label for={self.id}>{ self.label }</label>
                <textarea
                    id={self.id}
                    value={self.value}
                    placeholder={self.placeholder}
                    data-focus={self.focus.then_some("")}
                    {oninput}
                />
            </div>
        }
    }
}
