//! What goes wrong on purpose.

use super::Panel;
use yew::prelude::*;

/// The switches and buttons of trouble.
#[component]
pub fn TroublePanel(_panel: &Panel) -> Html {
    Html::default()
}
