//! The page's query, the selected app, and the tabs and windows that the page opens.

use crate::{
    apps::{App, Apps},
    browser::storage,
    crm::{self, RecordId},
    i18n::texts,
    route::{DefaultWidget, PageRole, Query},
};
use calling_extensions::origin::Origin;
use gloo::utils::{document, window};

/// The name of the calling window in the browser.
const CALLING_WINDOW: &str = "simulator-calling-window";

/// The entries of *Call from* on this page.
pub fn apps(query: &Query) -> Apps {
    let default = match default_of_server() {
        Some(default) => default,
        None => DefaultWidget::of_workspace(&window().location().href().unwrap_or_default()),
    };
    let saved: Apps = storage::load(storage::APPS).unwrap_or_default();
    saved.with_built_in(default, query.widget.as_deref())
}

/// The widget that the server of this page names, in a `<meta name="default-widget">` with `content` and `data-name`. `Some(None)` if
/// the server has none, `None` if it does not say. The program `calling-simulator` writes the element.
fn default_of_server() -> Option<Option<DefaultWidget>> {
    let element = document().query_selector("meta[name='default-widget']").ok()??;
    let attribute = |name| element.get_attribute(name).unwrap_or_default();
    Some(DefaultWidget::named(&attribute("data-name"), &attribute("content")))
}

/// The app of this page. The calling window's address names none, so it shows the app that was opened last.
pub fn app(query: &Query, apps: &Apps) -> App {
    match query.role {
        PageRole::Window => storage::load(storage::LAST_APP).unwrap_or_else(|| apps.chosen()),
        PageRole::Main | PageRole::Tab => apps.chosen(),
    }
}

/// The error in the widget URL of the page's address.
pub fn widget_error(query: &Query) -> Option<&'static str> {
    let url = query.widget.as_deref()?;
    Origin::of_url(url).is_none().then_some(texts().shell.bad_widget)
}

/// Opens a record in a new tab. Returns false if the browser blocks it.
pub fn open_tab(query: &Query, record: &RecordId) -> bool {
    let widget = query.widget.as_deref().map(|url| format!("&widget={}", js_sys::encode_uri_component(url)));
    let url = format!("./?role=tab&record={}{}", record, widget.unwrap_or_default());
    matches!(window().open_with_url_and_target(&url, "_blank"), Ok(Some(_)))
}

/// Opens the calling window at HubSpot's address. Returns false if the browser blocks it.
pub fn open_calling_window(app: &App) -> bool {
    let url = format!("./calling-integration-popup-ui/{}/?usesCallingWindow=true", crm::PORTAL_ID);
    let size = format!("popup,width={:.0},height={:.0}", app.width.max(360.0), app.height + 120.0);
    matches!(window().open_with_url_and_target_and_features(&url, CALLING_WINDOW, &size), Ok(Some(_)))
}

/// Closes the calling window, which is found by its name.
pub fn close_calling_window() {
    if let Ok(Some(other)) = window().open_with_url_and_target("", CALLING_WINDOW) {
        let _ = other.close();
    }
}

/// The query of the page.
pub fn query() -> Query {
    let search = window().location().search().unwrap_or_default();
    let Ok(parameters) = web_sys::UrlSearchParams::new_with_str(&search) else { return Query::default() };
    let pairs = parameters.entries().into_iter().flatten().filter_map(|pair| {
        let pair: js_sys::Array = pair.into();
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    });
    Query::of(pairs)
}
