//! The controls of the widget, each found as a user finds it: by its role and its name in the language of the browser. The ids
//! of the elements are tested in `tests/ids.rs` alone, so a fork can change them and fail one test.

use demo_app_rust::i18n::Texts;
use serde_json::Value;
use std::fmt;

/// A control of the widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    // Log-in.
    UserName,
    Password,
    LogIn,
    /// The link to HubSpot's calling window.
    OpenWindow,
    LogOut,
    RetryMicrophone,

    // Keypad.
    DialNumber,
    Backspace,
    /// A key of a keypad.
    Key(char),
    Call,
    /// The button of the menu of the user's numbers.
    FromNumber,
    /// An item of that menu; the first is 1.
    OwnNumber(usize),

    // The menu of the availability.
    /// The button of the menu.
    Availability,
    Available,
    Unavailable,
    Ringtone,
    TriggerIncoming,
    IncomingNumber,
    CallMe,

    // A call.
    Answer,
    /// Ends the call in any phase; while an incoming call rings, it declines it.
    EndCall,
    Record,
    Mute,
    Hold,
    Keypad,
    Transfer,
    TransferNumber,
    TransferCall,
    Notes,

    // After a call.
    SaveCall,
    Finalize,

    /// The button of the notice below the screen.
    CloseNotice,
}

impl Control {
    /// The XPath of the control, where the widget shows `texts`.
    pub fn xpath(self, texts: &Texts) -> String {
        match self {
            Self::UserName => field(texts.user_name),
            Self::Password => field(texts.password),
            Self::LogIn => button(&[texts.log_in, texts.logging_in]),
            Self::OpenWindow => format!("//a[{}]", is_named(&[texts.open_window])),
            Self::LogOut => button(&[texts.log_out]),
            Self::RetryMicrophone => button(&[texts.ask_again]),

            Self::DialNumber => field(texts.phone_number),
            Self::Backspace => button(&[texts.backspace]),
            Self::Key(key) => button(&[key.encode_utf8(&mut [0; 4])]),
            Self::Call => button(&[texts.call]),
            Self::FromNumber => {
                let description = literal(texts.from_number);
                format!("//button[@aria-haspopup and @aria-describedby=//*[normalize-space()={description}]/@id]")
            }
            Self::OwnNumber(place) => {
                let menu = literal(texts.own_numbers);
                format!("//*[@role='menu' and @aria-label={menu}]/*[@role='menuitemradio'][{place}]")
            }

            Self::Availability => {
                format!("//button[@aria-haspopup and ({})]", is_named(&[texts.available, texts.unavailable]))
            }
            Self::Available => item("menuitemradio", texts.available),
            Self::Unavailable => item("menuitemradio", texts.unavailable),
            Self::Ringtone => item("menuitemcheckbox", texts.ringtone),
            Self::TriggerIncoming => item("menuitem", texts.trigger_incoming),
            Self::IncomingNumber => field(texts.incoming_number),
            Self::CallMe => button(&[texts.call_me]),

            Self::Answer => button(&[texts.answer]),
            Self::EndCall => button(&[texts.end_call, texts.decline]),
            Self::Record => button(&[texts.record]),
            Self::Mute => button(&[texts.mute]),
            Self::Hold => button(&[texts.hold]),
            Self::Keypad => button(&[texts.keypad]),
            Self::Transfer => button(&[texts.transfer]),
            Self::TransferNumber => field(texts.transfer_to),
            Self::TransferCall => button(&[texts.transfer_call]),
            Self::Notes => field(texts.notes),

            Self::SaveCall => button(&[texts.save_call]),
            Self::Finalize => button(&[texts.finalize]),

            Self::CloseNotice => button(&[texts.close_notice]),
        }
    }
}

/// One of the user's numbers, as the mock account has them; the first is 1.
///
/// # Panics
/// When there are not so many.
pub fn own_number(place: usize) -> String {
    let accounts: Value =
        serde_json::from_str(include_str!("../../../assets/mock-account.json")).expect("the account is JSON");
    let number = &accounts[0]["account"]["numbers"][place - 1]["number"];
    number.as_str().unwrap_or_else(|| panic!("the mock account has no number {place}")).to_owned()
}

/// How to find an element of a page.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// A control of the widget.
    Control(Control),
    /// A button or link with this text or label, in the language of the browser.
    Button(&'a str),
    /// A `data-test-id`; or a CSS selector that begins with `#`, `[` or `.`; or an XPath that begins with `//`.
    Selector(&'a str),
}

impl Target<'_> {
    /// The XPath or the CSS selector.
    pub(crate) fn locator(self, texts: &Texts) -> Locator {
        match self {
            Self::Control(control) => Locator::XPath(control.xpath(texts)),
            Self::Button(name) => Locator::XPath(format!("//*[self::button or self::a][{}]", is_named(&[name]))),
            Self::Selector(xpath) if xpath.starts_with("//") => Locator::XPath(xpath.to_owned()),
            Self::Selector(css) if css.starts_with(['#', '[', '.']) => Locator::Css(css.to_owned()),
            Self::Selector(test_id) => Locator::Css(format!("[data-test-id=\"{test_id}\"]")),
        }
    }
}

/// A [`Target`] as WebDriver takes it.
pub(crate) enum Locator {
    Css(String),
    XPath(String),
}

impl From<Control> for Target<'_> {
    fn from(control: Control) -> Self {
        Self::Control(control)
    }
}

impl<'a> From<&'a str> for Target<'a> {
    fn from(selector: &'a str) -> Self {
        Self::Selector(selector)
    }
}

impl<'a> From<&'a String> for Target<'a> {
    fn from(selector: &'a String) -> Self {
        Self::Selector(selector)
    }
}

impl fmt::Display for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Control(control) => write!(f, "{control:?}"),
            Self::Button(name) => write!(f, "the button {name:?}"),
            Self::Selector(selector) => f.write_str(selector),
        }
    }
}

fn button(names: &[&str]) -> String {
    format!("//button[not(@role) and not(@aria-haspopup) and ({})]", is_named(names))
}

fn item(role: &str, name: &str) -> String {
    format!("//*[@role='{role}' and ({})]", is_named(&[name]))
}

/// A field with this label, which stands beside it or is an attribute.
fn field(label: &str) -> String {
    let label = literal(label);
    format!(
        "//*[self::input or self::textarea or self::select][@aria-label={label} or @id=//label[normalize-space()={label}]/@for]"
    )
}

/// A condition: the element has one of these names, by its label or its text.
fn is_named(names: &[&str]) -> String {
    let conditions: Vec<_> = names
        .iter()
        .map(|name| format!("@aria-label={0} or (not(@aria-label) and normalize-space()={0})", literal(name)))
        .collect();
    conditions.join(" or ")
}

/// A string of XPath, which knows no escapes.
fn literal(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let parts: Vec<_> = text.split('\'').map(|part| format!("'{part}'")).collect();
    format!("concat({})", parts.join(", \"'\", "))
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn a_literal_may_contain_quotes() {
        assert_eq!(literal("Log in"), "'Log in'");
        assert_eq!(literal("l'appel \"x\""), "concat('l', \"'\", 'appel \"x\"')");
    }
}
