//! The page that `serve` shows, in a browser.

use crate::support::{empty_folder, javascript_widget, program};
use calling_simulator::{
    browser::{Browser, Programs},
    frame::Frame,
    pages::{Files, Found, SIMULATOR},
    server::{DefaultWidget, Listen, serve_folder, serve_simulator},
    wait::{DEFAULT_TIMEOUT, until},
};

async fn browser() -> Browser {
    let programs = Programs {
        chromium: local_machine::chromium(None).unwrap(),
        chromedriver: local_machine::chromedriver(None).unwrap(),
        visible: false,
    };
    Browser::start(&programs).await.unwrap()
}

/// The page of a server with this widget, whose address has no query.
async fn open(browser: &Browser, widget: DefaultWidget) -> Frame<'_> {
    let pages = Files::simulator(None).unwrap();
    let port = serve_simulator(pages, widget, Listen::Loopback, 0).await.unwrap();
    browser.driver.goto(format!("http://localhost:{port}/")).await.unwrap();
    Frame::page(&browser.driver)
}

#[tokio::test]
async fn a_call_opens_the_widget_that_the_server_names() {
    let folder = empty_folder("default-widget");
    javascript_widget(&folder);
    let url = format!("http://127.0.0.1:{}/", serve_folder(&folder, Listen::Loopback, 0).await.unwrap());
    let browser = browser().await;
    let page = open(&browser, DefaultWidget { name: "Acme Phone".into(), url: url.clone() }).await;
    page.click("record-phone-number").await.unwrap();
    Frame::widget(&browser.driver).click("#log-in").await.unwrap();
    let shown = "return [document.querySelector('#hubspot-calling-extension-iframe').src, document.body.innerText];";
    let shown = page.run(shown, vec![]).await.unwrap();
    assert_eq!(shown[0].as_str().unwrap(), url);
    assert!(shown[1].as_str().unwrap().contains("Acme Phone"), "{shown}");
    browser.quit().await;
}

/// The page offers the widget of this repository where it is served beside it, which is not so here.
#[tokio::test]
async fn without_a_widget_none_is_offered() {
    let browser = browser().await;
    let page = open(&browser, DefaultWidget::default()).await;
    let text = until("the page", DEFAULT_TIMEOUT, async || {
        let text = page.run(
            "return document.querySelector('[data-test-id=record-phone-number]') && document.body.innerText;",
            vec![],
        );
        text.await?.as_str().map(str::to_owned).ok_or_else(|| "it shows no record".to_owned())
    })
    .await
    .unwrap();
    assert!(!text.contains("Demo App Rust"), "{text}");
    browser.quit().await;
}

/// With the real page, whose Content-Security-Policy the script must satisfy.
#[tokio::test]
async fn a_page_that_is_built_again_is_reloaded() {
    let folder = empty_folder("reload");
    let browser = browser().await;
    let pages = Files::Watched(folder.clone());
    let port = serve_simulator(pages, DefaultWidget::default(), Listen::Loopback, 0).await.unwrap();
    browser.driver.goto(format!("http://localhost:{port}/")).await.unwrap();
    let page = Frame::page(&browser.driver);
    let text = page.run("return document.body.innerText;", vec![]).await.unwrap();
    assert!(text.as_str().unwrap().contains("is being built"), "{text}");

    let Found::File { content, .. } = Files::simulator(None).unwrap().find(SIMULATOR).await else {
        panic!("{SIMULATOR} is no file")
    };
    let content = String::from_utf8(content.into_owned()).unwrap();
    std::fs::create_dir(folder.join("simulator")).unwrap();
    for title in ["First build", "Second build"] {
        let built = content.replace("<title>HubSpot Simulator</title>", &format!("<title>{title}</title>"));
        std::fs::write(folder.join(SIMULATOR), built).unwrap();
        until(title, DEFAULT_TIMEOUT, async || {
            let shown = browser.driver.title().await.map_err(|error| error.to_string())?;
            if shown == title { Ok(()) } else { Err(format!("the title is {shown:?}")) }
        })
        .await
        .unwrap();
    }
    browser.quit().await;
}

/// An interrupted run quits its browsers, and leaves neither reports nor temporary files.
#[cfg(unix)]
#[tokio::test]
async fn an_interrupted_run_leaves_nothing_behind() {
    let folder = empty_folder("interrupted");
    javascript_widget(&folder);
    // Nothing answers, so the scenario waits until it is interrupted.
    std::fs::write(folder.join("widget.js"), "").unwrap();
    let arguments = ["run", "--widget", ".", "--selectors", "simulator.toml", "--json", "report.json", "saved"];
    let mut running = program(&folder, &arguments).spawn().unwrap();
    let pid = running.id().unwrap();
    let temporary = || {
        let prefix = format!("sim-{pid}-");
        let mut names = std::fs::read_dir(std::env::temp_dir()).unwrap().flatten().map(|entry| entry.path());
        names.find(|path| path.file_name().unwrap().to_string_lossy().starts_with(&prefix))
    };
    // The browser has a profile once it runs.
    let folder_of_browser = until("a browser", DEFAULT_TIMEOUT, async || {
        let found = temporary().filter(|path| std::fs::read_dir(path).is_ok_and(|entries| entries.count() > 1));
        found.ok_or_else(|| "it has written nothing".to_owned())
    })
    .await
    .unwrap();
    let status = tokio::process::Command::new("kill").args(["-INT", &pid.to_string()]).status().await.unwrap();
    assert!(status.success());
    assert_eq!(running.wait().await.unwrap().code(), Some(130));
    assert!(temporary().is_none() && !folder.join("report.json").exists());
    let name = folder_of_browser.to_string_lossy().into_owned();
    let is_left = tokio::process::Command::new("pgrep").args(["-f", &name]).status().await.unwrap();
    assert!(!is_left.success(), "a browser of {name} still runs");
}
