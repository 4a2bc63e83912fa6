//! Where the page is and what its address asks for.
//!
//! | in the query | means |
//! |---|---|
//! | `widget=URL` | this widget instead of the one that is chosen under *Call from* |
//! | `scenario=NAME` | start this scenario |
//! | `role=window` | this is the calling window; `usesCallingWindow` is handed on to the widget |
//! | `role=tab` | this is a record that was opened in a tab of its own |
//! | `record=TYPE/ID` | show this record first |

use crate::crm::RecordId;

/// What this page is among the pages of the simulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageRole {
    /// Where the user works.
    #[default]
    Main,
    /// A record in a tab of its own.
    Tab,
    /// The calling window.
    Window,
}

/// What the query of the page says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// The widget's URL.
    pub widget: Option<String>,
    /// The scenario to start.
    pub scenario: Option<String>,
    /// What this page is.
    pub role: PageRole,
    /// The record to show.
    pub record: Option<RecordId>,
    /// Whether calls are in the calling window; absent leaves it to the app's settings.
    pub uses_calling_window: Option<bool>,
}

impl Query {
    /// From names and values as the browser has decoded them. What is not known is passed over.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut query = Query::default();
        for (name, value) in pairs {
            match name.as_str() {
                "widget" => query.widget = Some(value),
                "scenario" => query.scenario = Some(value),
                "role" if value == "window" => query.role = PageRole::Window,
                "role" if value == "tab" => query.role = PageRole::Tab,
                "record" => query.record = record(&value),
                "usesCallingWindow" => query.uses_calling_window = value.parse().ok(),
                _ => {}
            }
        }
        query
    }
}

/// `0-1/101`, as the addresses of the simulator have it.
pub fn record(text: &str) -> Option<RecordId> {
    let (object_type_id, object_id) = text.split_once('/')?;
    Some(RecordId { object_type_id: object_type_id.to_owned(), object_id: object_id.parse().ok()? })
}

/// The other way round.
pub fn record_text(record: &RecordId) -> String {
    format!("{}/{}", record.object_type_id, record.object_id)
}

/// Where the widget of this repository is, seen from the page at `href`: one folder up. On this machine under another name of it,
/// so that the widget is of another origin, as it is in HubSpot.
pub fn default_widget(href: &str) -> String {
    let page = href.split(['?', '#']).next().unwrap_or_default();
    let folder = page.rsplit_once('/').map_or(page, |(folder, _)| folder);
    let parent = folder.rsplit_once('/').map_or(folder, |(parent, _)| parent);
    let Some((scheme, rest)) = parent.split_once("://") else { return format!("{parent}/") };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let port = if host.starts_with('[') { host.find("]:").map(|end| end + 1) } else { host.find(':') };
    let (name, port) = host.split_at(port.unwrap_or(host.len()));
    let name = match name {
        "localhost" => "127.0.0.1",
        "127.0.0.1" | "[::1]" => "localhost",
        name => name,
    };
    format!("{scheme}://{name}{port}{path}/")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_widget_is_one_folder_up_and_of_another_origin_on_this_machine() {
        for (page, widget) in [
            ("http://127.0.0.1:9025/simulator/", "http://localhost:9025/"),
            ("http://localhost:9025/simulator/?widget=https://x/y/#z", "http://127.0.0.1:9025/"),
            ("https://[::1]:9025/simulator/index.html", "https://localhost:9025/"),
            ("http://localhost/simulator/", "http://127.0.0.1/"),
            ("https://calls.example.com/app/simulator/", "https://calls.example.com/app/"),
            ("https://calls.example.com:8443/simulator/", "https://calls.example.com:8443/"),
            ("https://localhost.example.com/simulator/", "https://localhost.example.com/"),
        ] {
            assert_eq!(default_widget(page), widget, "{page}");
        }
    }

    #[test]
    fn the_query_is_taken_at_its_word_and_what_is_unknown_passed_over() {
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
        assert_eq!(record_text(&full.record.unwrap()), "0-1/101");
    }
}
