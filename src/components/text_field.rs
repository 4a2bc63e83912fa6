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
        let class = "field";
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
        let class = "area";
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
