//! The confirmation of actions that cannot be undone.

use super::kit::Dialog;
use crate::{crm::RecordId, i18n::texts};
use yew::prelude::*;

/// An action that needs a confirmation.
#[derive(Debug, Clone, PartialEq)]
pub enum PendingAction {
    /// Close the frame during a call.
    Close,
    /// Show another record, or the list, during a call.
    Show(Option<RecordId>),
    /// Select another app during a call.
    Choose(String),
    /// Reset the account.
    Reset,
}

/// The dialog. The first button cancels.
pub fn confirm(action: &PendingAction, on_cancel: Callback<()>, on_confirm: Callback<()>) -> Html {
    let words = &texts().shell;
    let (title, text, go) = match action {
        PendingAction::Close => (words.leave_title, words.leave_close, words.continue_anyway),
        PendingAction::Show(_) => (words.leave_title, words.leave_record, words.continue_anyway),
        PendingAction::Choose(_) => (words.leave_title, words.leave_app, words.continue_anyway),
        PendingAction::Reset => (words.reset_title, words.reset_text, words.reset),
    };
    let cancel = if *action == PendingAction::Reset { words.cancel } else { words.stay };
    html! {
        <Dialog {title} on_cancel={on_cancel.clone()} test_id="leave">
            <p>{ text }</p>
            <div class="buttons">
                <button type="button" class="button" data-test-id="leave-stay" onclick={on_cancel.reform(|_| ())}>{ cancel }</button>
                <button
                    type="button"
                    class="button"
                    data-kind="danger"
                    data-test-id="leave-go"
                    onclick={on_confirm.reform(|_| ())}
                >
                    { go }
                </button>
            </div>
        </Dialog>
    }
}
