//! Layout: no element of a screen is outside of its frame. A screenshot of each screen is written to `target/screens/`.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Control, Host, json, languages, run, tour};
use std::path::Path;

#[test]
fn every_screen_fits_400_by_650() {
    check((400, 650), "light", "en-US");
}

#[test]
fn every_screen_fits_400_by_650_in_dark_mode() {
    check((400, 650), "dark", "en-US");
}

#[test]
fn every_screen_fits_320_by_500() {
    check((320, 500), "light", "en-US");
}

#[test]
fn every_screen_fits_320_by_500_in_another_language_in_dark_mode() {
    check((320, 500), "dark", languages().last().unwrap());
}

#[track_caller]
fn check((width, height): (u32, u32), theme: &str, language: &str) {
    run(async |harness| {
        harness.prefer("prefers-color-scheme", theme).await;
        harness.prefer_language(language).await;
        let mut page = harness.widget();
        page.size = (width, height);
        let host = page.clone().open(harness).await;
        host.initialized().await;
        let shown = host
            .guest()
            .run("return [matchMedia('(prefers-color-scheme: dark)').matches, navigator.language];", vec![])
            .await;
        assert_eq!(shown, json!([theme == "dark", language]), "the browser has not applied the preferences");
        let language_of_page = host.guest().run("return document.documentElement.lang;", vec![]).await;
        assert_eq!(language_of_page, json!(&language[..2]));

        let folder = e2e::target().join("screens").join(format!("{width}x{height}-{theme}-{}", &language[..2]));
        std::fs::create_dir_all(&folder).unwrap();
        let look = async |screen: &str| look_at(&host, (width, height), &folder.join(format!("{screen}.png"))).await;
        tour::outbound(&host, look).await;
        host.guest().click(Control::LogOut).await;
        tour::inbound(&host, look).await;
        host.guest().click(Control::LogOut).await;
        let host = page.remote().open(harness).await;
        host.initialized().await;
        tour::remote_frame(&host, async |screen: &str| {
            look_at(&host, (width, height), &folder.join(format!("{screen}.png"))).await;
        })
        .await;
    });
}

async fn look_at(host: &Host<'_>, (width, height): (u32, u32), file: &Path) {
    // The host may have set another size.
    let resize = "const frame = document.querySelector('iframe'); [frame.width, frame.height] = arguments;";
    host.run(resize, vec![json!(width), json!(height)]).await;
    let picture = host.guest().picture().await;
    assert!(picture.starts_with(b"\x89PNG"), "a picture is PNG");
    std::fs::write(file, picture).unwrap();
    let outside = "return [...document.querySelectorAll('body *')].filter(element => {
        const box = element.getBoundingClientRect();
        return box.width > 1 && (box.left < -1 || box.right > innerWidth + 1);
    }).map(element => element.outerHTML.slice(0, 200));";
    let found = host.guest().run(outside, vec![]).await;
    assert_eq!(found, json!([]), "{} is wider than its frame of {width} pixels", file.display());
}
