//! Every screen as a picture in `target/screens/`, and the widget's promise that nothing sticks out of its frame.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{json, run, tour};
use std::path::Path;

#[test]
fn every_screen_fits_400_by_650() {
    check(400, 650);
}

#[test]
fn every_screen_fits_320_by_500() {
    check(320, 500);
}

#[track_caller]
fn check(width: u32, height: u32) {
    run(async |stage| {
        let mut page = stage.widget();
        page.size = (width, height);
        let host = page.open(stage).await;
        host.initialized().await;
        let folder = e2e::target().join("screens").join(format!("{width}x{height}"));
        std::fs::create_dir_all(&folder).unwrap();
        tour::outbound(&host, async |screen| {
            // The host may have granted another size; the promise is about this one.
            let resize = "const frame = document.querySelector('iframe'); [frame.width, frame.height] = arguments;";
            host.run(resize, vec![json!(width), json!(height)]).await;
            save(&folder.join(format!("{screen}.png")), &host.guest().picture().await);
            let sticks_out = "return [...document.querySelectorAll('body *')].filter(element => {
                const box = element.getBoundingClientRect();
                return box.width > 1 && (box.left < -1 || box.right > innerWidth + 1);
            }).map(element => element.outerHTML.slice(0, 200));";
            let found = host.guest().run(sticks_out, vec![]).await;
            assert_eq!(found, json!([]), "{screen} is wider than its frame of {width} pixels");
        })
        .await;
    });
}

#[track_caller]
fn save(file: &Path, picture: &[u8]) {
    assert!(picture.starts_with(b"\x89PNG"), "a picture is PNG");
    std::fs::write(file, picture).unwrap();
}
