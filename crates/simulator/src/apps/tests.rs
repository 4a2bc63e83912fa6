#![allow(clippy::unwrap_used)]
use super::*;

fn widget_at(url: &str) -> Option<DefaultWidget> {
    Some(DefaultWidget { name: "Our Widget".into(), url: url.into() })
}

fn app(name: &str, url: &str) -> App {
    App { name: name.into(), url: url.into(), ..App::default() }
}

#[track_caller]
fn check(text: &str, expected: Result<App, AppError>) {
    assert_eq!(App::read(text), expected, "{text}");
}

#[test]
fn the_console_line_and_plain_json_are_read() {
    let mine = app("My app", "https://localhost:9025/");
    let line = "localStorage.setItem(\"LocalSettings:Calling:CallingExtensions\", JSON.stringify({isReady: true, name: \
                \"My app\", url: \"https://localhost:9025/\"}))";
    check(line, Ok(mine.clone()));
    check("{\"name\":\"My app\",\"url\":\"https://localhost:9025/\"}", Ok(mine.clone()));
    check("JSON.stringify({ 'name': 'My app', url: 'https://localhost:9025/', });", Ok(mine.clone()));
    check("{name: 'My app', url: 'https://localhost:9025/', soon: [1]}", Ok(mine.clone()));
    let big =
        App { width: 500.0, height: 700.0, is_ready: false, supports_custom_objects: false, uses_remote: true, ..mine };
    check(
        "{name: 'My app', url: 'https://localhost:9025/', width: 500, height: 700, isReady: false, \
         supportsCustomObjects: false, usesRemote: true}",
        Ok(big),
    );
}

#[test]
fn invalid_texts_have_specific_errors() {
    check("", Err(AppError::NoObject));
    check("}{", Err(AppError::NoObject));
    check("localStorage.setItem(\"x\")", Err(AppError::NoObject));
    check("{name: 'My app'", Err(AppError::NoObject));
    check("{name: 'My app}", Err(AppError::Unreadable));
    check("{name: 'My app', url: 7}", Err(AppError::Unreadable));
    check("{}", Err(AppError::NoName));
    check("{name: ' ', url: 'https://a.example'}", Err(AppError::NoName));
    check("{name: 'My app', url: 'a.example'}", Err(AppError::NoUrl));
    check("{name: 'My app', url: 'javascript:alert(1)'}", Err(AppError::NoUrl));
    check("{name: 'My app', url: 'https://a.example', width: 1}", Err(AppError::Size));
    check("{name: 'My app', url: 'https://a.example', height: Infinity}", Err(AppError::Size));
}

#[test]
fn a_written_console_line_is_read_back() {
    let mine = App {
        name: "Zoë's \"phone\" </script>".into(),
        url: "http://127.0.0.1:3000/a?b={c}#d".into(),
        width: 420.0,
        height: 500.0,
        supports_custom_objects: false,
        supports_inbound_calling: true,
        uses_calling_window: true,
        ..App::default()
    };
    check(&mine.console_line(), Ok(mine));
    let line = app("Our Widget", "https://localhost:9025/").console_line();
    assert!(line.starts_with(
        "localStorage.setItem(\"LocalSettings:Calling:CallingExtensions\", JSON.stringify({isReady: true, name: \
         \"Our Widget\", url: \"https://localhost:9025/\", width: 400, height: 650, supportsCustomObjects: true, "
    ));
}

#[test]
fn the_placement_follows_from_the_settings() {
    for (uses_remote, uses_calling_window, placement) in [
        (false, false, Placement::Widget),
        (false, true, Placement::Widget),
        (true, false, Placement::Remote),
        (true, true, Placement::RemoteAndWindow),
    ] {
        let without_inbound = App { uses_remote, uses_calling_window, ..App::default() };
        assert_eq!(without_inbound.placement(), Placement::Widget);
        let app = App { supports_inbound_calling: true, ..without_inbound.clone() };
        assert_eq!(app.placement(), placement);
        assert_eq!(without_inbound.for_scenario(placement).placement(), placement);
    }
}

#[test]
fn a_widget_has_a_complete_address_of_http_or_https_without_a_user() {
    for (url, is_accepted) in [
        ("https://a.example", true),
        ("HTTPS://A.example/w?x=javascript:alert(1)#y", true),
        ("http://localhost:9025/", true),
        ("http://[::1]:9025/", true),
        (" https://a.example/ ", true),
        // Browsers read a backslash as a slash: the host is the part before it.
        ("https://a.example\\@evil.example/", true),
        ("javascript:alert(1)", false),
        ("JaVaScRiPt:alert(1)", false),
        ("\u{1}javascript:alert(1)", false),
        ("java\nscript:alert(1)", false),
        ("javascript://a.example/%0aalert(1)", false),
        ("view-source:https://a.example/", false),
        ("data:text/html,<script>alert(1)</script>", false),
        ("blob:https://a.example/0f6e", false),
        ("filesystem:https://a.example/temporary/x", false),
        ("file:///etc/passwd", false),
        ("about:srcdoc", false),
        ("ftp://a.example/", false),
        ("wss://a.example/", false),
        ("chrome://settings", false),
        ("//a.example/", false),
        ("/w", false),
        ("w.html", false),
        ("a.example", false),
        // Browsers repair these.
        ("https:a.example", false),
        ("https:/a.example", false),
        ("https:\\\\a.example", false),
        ("ht\ntps://a.example", false),
        ("https://a.exa\tmple", false),
        ("https://user@a.example/", false),
        ("https://user:word@a.example/", false),
        ("https://a.example@evil.example/", false),
        ("https://a.example:443@evil.example/", false),
        ("https://", false),
        ("https:///a.example", false),
        ("https://a.example:99999/", false),
        ("https://a.example:80:80/", false),
        ("https://a example/", false),
        ("https://%61.example/", false),
        ("https://a\u{ff0e}example/", false),
        ("", false),
    ] {
        let expected = if is_accepted { None } else { Some(AppError::NoUrl) };
        assert_eq!(app("Mine", url).checked().err(), expected, "{url:?}");
        let apps = Apps::default().with_built_in(None, Some(url));
        assert_eq!(apps.all().count(), usize::from(is_accepted), "{url:?} in the address of the page");
    }
}

#[test]
fn added_apps_and_the_selection_survive_a_reload() {
    let mut apps = Apps::default().with_built_in(widget_at("http://localhost:9025/"), None);
    assert_eq!(apps.chosen().name, "Our Widget");
    assert_eq!(apps.add(app("Our Widget", "http://localhost:3000/"), None), Err(AppError::NameTaken));
    assert_eq!(apps.add(app("Mine", "nowhere"), None), Err(AppError::NoUrl));
    apps.add(app("Mine", "http://localhost:3000/"), None).unwrap();
    assert_eq!(apps.chosen().url, "http://localhost:3000/");
    apps.add(app("Yours", "http://localhost:4000/"), Some("Mine")).unwrap();
    assert!(apps.is_added("Yours") && !apps.is_added("Mine") && !apps.is_added("Our Widget"));

    let saved = serde_json::to_string(&apps).unwrap();
    let mut again = serde_json::from_str::<Apps>(&saved).unwrap().with_built_in(widget_at("http://localhost:1/"), None);
    assert_eq!((again.all().count(), again.chosen().name.as_str()), (3, "Yours"));
    again.remove("Yours");
    again.remove("Our Widget");
    assert_eq!((again.all().count(), again.chosen().url.as_str()), (2, "http://localhost:1/"));
}

#[test]
fn a_valid_requested_widget_comes_first_and_is_selected() {
    let apps = Apps::default().with_built_in(widget_at("http://localhost:9025/"), Some("https://a.example/w?x"));
    assert_eq!((apps.all().count(), apps.chosen().url.as_str()), (3, "https://a.example/w?x"));
    let apps = Apps::default().with_built_in(widget_at("http://localhost:9025/"), Some("javascript:alert(1)"));
    assert_eq!((apps.all().count(), apps.chosen().name.as_str()), (2, "Our Widget"));
    let apps = Apps::default().with_built_in(None, Some("https://a.example/w?x"));
    assert_eq!((apps.all().count(), apps.chosen().url.as_str()), (1, "https://a.example/w?x"));
}
