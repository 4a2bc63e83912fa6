use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// A line of text with its label above. The element keeps the text itself.
#[derive(Clone, Copy)]
pub struct TextField {
    pub id: &'static str,
    pub label: &'static str,
    /// `"text"` or `"password"`.
    pub r#type: &'static str,
    /// Which text the browser may fill in.
    pub autocomplete: &'static str,
    /// Takes the focus when its screen comes.
    pub focus: bool,
}

impl TextField {
    /// Draws it.
    pub fn view(&self) -> Html {
        html! {
            <div class="field">
                <label for={self.id}>{ self.label }</label>
                <input
                    id={self.id}
                    type={self.r#type}
                    autocomplete={self.autocomplete}
                    data-focus={self.focus.then_some("")}
                />
            </div>
        }
    }
}

/// Several lines of text with a label above; it takes the room that its screen has left.
#[derive(Clone, Copy)]
pub struct TextArea {
    pub id: &'static str,
    pub label: &'static str,
    pub placeholder: &'static str,
    pub hidden: bool,
    /// Takes the focus when its screen comes.
    pub focus: bool,
}

impl TextArea {
    /// Draws it. `oninput` gets the text after every change.
    pub fn view(&self, value: AttrValue, oninput: Callback<String>) -> Html {
        let oninput = oninput.reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
        html! {
            <div class="area" hidden={self.hidden}>
                <label for={self.id}>{ self.label }</label>
                <textarea
                    id={self.id}
                    {value}
                    placeholder={self.placeholder}
                    data-focus={self.focus.then_some("")}
                    {oninput}
                />
            </div>
        }
    }
}
