//! The records: the list, and one with its timeline.

use super::Panel;
use crate::{crm::RecordId, texts::texts};
use yew::prelude::*;

/// The records of the account.
#[component]
pub fn Records(panel: &Panel) -> Html {
    let record = RecordId { object_type_id: "0-1".into(), object_id: 101 };
    let dial = {
        let on_dial = panel.on_dial.clone();
        move |_| on_dial.emit((record.clone(), "+15550100".into(), "phone".into()))
    };
    html! {
        <>
            <h1>{ texts().shell.records }</h1>
            <table>
                <tbody>
                    <tr data-test-id="record-row">
                        <td>{ "Ada Lovelace" }</td>
                        <td><button type="button" data-test-id="record-phone-number" onclick={dial}>{ "+1 555 0100" }</button></td>
                    </tr>
                </tbody>
            </table>
        </>
    }
}
