//! What is asked before something is done that cannot be undone.

use super::kit::Dialog;
use crate::{crm::RecordId, i18n::texts};
use yew::prelude::*;

/// What waits for the user's word.
#[derive(Debug, Clone, PartialEq)]
pub enum PendingAction {
    /// Closes the frame though a call is on.
    Close,
    /// Shows another record, or the list, though a call is on.
    Show(Option<RecordId>),
    /// Chooses another app though a call is on.
    Choose(String),
    /// Sets the account back.
    Reset,
}

/// Asks. The button that changes nothing comes first.
pub fn confirm(leave: &PendingAction, on_stay: Callback<()>, on_leave: Callback<()>) -> Html {
    let words = &texts().shell;
    let (title, text, go) = match leave {
        PendingAction::Close => (words.leave_title, words.leave_close, words.leave),
        PendingAction::Show(_) => (words.leave_title, words.leave_record, words.leave),
        PendingAction::Choose(_) => (words.leave_title, words.leave_app, words.leave),
        PendingAction::Reset => (words.reset_title, words.reset_text, words.reset),
    };
    let stay = if *leave == PendingAction::Reset { words.cancel } else { words.stay };
    html! {
        <Dialog {title} on_cancel={on_stay.clone()} test_id="leave">
            <p>{ text }</p>
            <div class="buttons">
                <button type="button" class="button" data-test-id="leave-stay" onclick={on_stay.reform(|_| ())}>{ stay }</button>
                <button
                    type="button"
                    class="button"
                    data-kind="danger"
                    data-test-id="leave-go"
                    onclick={on_leave.reform(|_| ())}
                >
                    { go }
                </button>
            </div>
        </Dialog>
    }
}
