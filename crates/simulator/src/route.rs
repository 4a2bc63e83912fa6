//! The page's address: what it asks for, and where the default widget is.
//!
//! | query parameter | meaning |
//! |---|---|
//! | `widget=URL` | use this widget instead of the one chosen under *Call from* |
//! | `scenario=NAME` | start this scenario |
//! | `role=window` | this page is the calling window; `usesCallingWindow` is passed on to the widget |
//! | `role=tab` | this page shows a record that was opened in a new tab |
//! | `record=TYPE/ID` | show this record first |

use crate::crm::RecordId;

/// The role of this page among the open pages of the simulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageRole {
    /// The main page.
    #[default]
    Main,
    /// A record that was opened in a new tab.
    Tab,
    /// The calling window.
    Window,
}

/// The query parameters of the page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// The widget's URL.
    pub widget: Option<String>,
    /// The scenario to start.
    pub scenario: Option<String>,
    /// The role of this page.
    pub role: PageRole,
    /// The record to show.
    pub record: Option<RecordId>,
    /// Whether calls take place in the calling window. If absent, the app's settings decide.
    pub uses_calling_window: Option<bool>,
}

impl Query {
    /// Reads decoded names and values. Unknown names and invalid values are ignored.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut query = Query::default();
        for (name, value) in pairs {
            match name.as_str() {
                "widget" => query.widget = Some(value),
                "scenario" => query.scenario = Some(value),
                "role" if value == "window" => query.role = PageRole::Window,
                "role" if value == "tab" => query.role = PageRole::Tab,
                "record" => query.record = value.parse().ok(),
                "usesCallingWindow" => query.uses_calling_window = value.parse().ok(),
                _ => {}
            }
        }
        query
    }
}

/// The name of a widget that has none.
const UNNAMED: &str = "Widget";

/// The widget that is offered when neither the address nor the user has chosen one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultWidget {
    /// Its name in the menu.
    pub name: String,
    /// Its address.
    pub url: String,
}

impl DefaultWidget {
    /// The widget of this workspace, seen from the page at `href`. `None` when there is none that the page could know of.
    pub fn of_workspace(href: &str) -> Option<Self> {
        let port = option_env!("WIDGET_PORT").and_then(|port| port.parse().ok());
        let url = widget_url(href, port)?;
        Some(DefaultWidget { name: option_env!("WIDGET_NAME").unwrap_or(UNNAMED).to_owned(), url })
    }

    /// The widget at this address. `None` when the address is empty.
    pub fn named(name: &str, url: &str) -> Option<Self> {
        let name = if name.is_empty() { UNNAMED } else { name };
        (!url.is_empty()).then(|| DefaultWidget { name: name.to_owned(), url: url.to_owned() })
    }
}

/// Where the widget is, seen from the page at `href`.
///
/// In a built folder the simulator is in `simulator/` and the widget in the folder above. On a loopback host the address uses
/// the other loopback name, so that the widget has another origin than this page, as it has in HubSpot. Any other page is served
/// by `trunk serve`; the widget is then on the same host at `dev_port`, which is another origin too.
fn widget_url(href: &str, dev_port: Option<u16>) -> Option<String> {
    let (scheme, rest) = href.split(['?', '#']).next()?.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let port_at = if host.starts_with('[') { host.find("]:").map(|end| end + 1) } else { host.find(':') };
    let (name, port) = host.split_at(port_at.unwrap_or(host.len()));
    let (folder, _) = path.rsplit_once('/').unwrap_or_default();
    if let Some(parent) = folder.strip_suffix("/simulator") {
        let name = match name {
            "localhost" => "127.0.0.1",
            "127.0.0.1" | "[::1]" => "localhost",
            name => name,
        };
        return Some(format!("{scheme}://{name}{port}{parent}/"));
    }
    dev_port.map(|port| format!("{scheme}://{name}:{port}/"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn in_a_built_folder_the_widget_is_one_folder_up_with_another_origin_on_loopback() {
        for (page, widget) in [
            ("http://127.0.0.1:9025/simulator/", "http://localhost:9025/"),
            ("http://localhost:9025/simulator/?widget=https://x/y/#z", "http://127.0.0.1:9025/"),
            ("https://[::1]:9025/simulator/index.html", "https://localhost:9025/"),
            ("http://localhost/simulator/", "http://127.0.0.1/"),
            ("https://calls.example.com/app/simulator/", "https://calls.example.com/app/"),
            ("https://calls.example.com:8443/simulator/", "https://calls.example.com:8443/"),
            ("https://localhost.example.com/simulator/", "https://localhost.example.com/"),
        ] {
            assert_eq!(widget_url(page, Some(9025)).as_deref(), Some(widget), "{page}");
        }
    }

    #[test]
    fn elsewhere_the_widget_is_on_the_same_host_at_its_own_port() {
        for (page, widget) in [
            ("http://127.0.0.1:9026/", "http://127.0.0.1:9025/"),
            ("http://localhost:9026/?scenario=saved#x", "http://localhost:9025/"),
            ("https://[::1]:9026/index.html", "https://[::1]:9025/"),
            ("https://dev.example.com", "https://dev.example.com:9025/"),
            ("http://localhost:9026/my-simulator/", "http://localhost:9025/"),
        ] {
            assert_eq!(widget_url(page, Some(9025)).as_deref(), Some(widget), "{page}");
            assert_eq!(widget_url(page, None), None, "{page}");
        }
        assert_eq!(widget_url("about:blank", Some(9025)), None);
    }

    #[test]
    fn the_widget_of_this_workspace_has_the_name_and_the_port_in_its_files() {
        let widget = DefaultWidget::of_workspace("http://localhost:1/").unwrap();
        let page = include_str!("../../../index.html");
        assert!(page.contains(&format!("<title>{}</title>", widget.name)), "{widget:?}");
        let config: toml::Table = include_str!("../../../Trunk.toml").parse().unwrap();
        assert_eq!(widget.url, format!("http://localhost:{}/", config["serve"]["port"].as_integer().unwrap()));
    }

    #[test]
    fn a_server_can_name_the_widget_or_say_that_there_is_none() {
        let named = |name, url| DefaultWidget::named(name, url).map(|widget| (widget.name, widget.url));
        let url = "http://localhost:3000/";
        assert_eq!(named("Acme Phone", url), Some(("Acme Phone".to_owned(), url.to_owned())));
        assert_eq!(named("", url), Some(("Widget".to_owned(), url.to_owned())));
        assert_eq!(named("Acme Phone", ""), None);
    }

    #[test]
    fn the_query_is_read_and_what_is_unknown_is_ignored() {
        let query = |pairs: &[(&str, &str)]| {
            Query::of(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
        };
        assert_eq!(query(&[("x", "y"), ("role", "boss"), ("record", "0-1"), ("record", "0-1/x")]), Query::default());
        let full = query(&[
            ("widget", "https://a.example/?b=c"),
            ("scenario", "saved"),
            ("role", "window"),
            ("record", "0-1/101"),
            ("usesCallingWindow", "false"),
        ]);
        assert_eq!(full.widget.as_deref(), Some("https://a.example/?b=c"));
        assert_eq!((full.scenario.as_deref(), full.role), (Some("saved"), PageRole::Window));
        assert_eq!(full.uses_calling_window, Some(false));
        assert_eq!(full.record.unwrap().to_string(), "0-1/101");
    }
}
