//! Layout, with zoom (WCAG 1.4.10): on no screen is anything cut off or covered, and nothing has to be scrolled to the side. A zoomed page
//! has fewer CSS pixels, so the frame is made as small. A screenshot of each screen is written to `target/screens/`.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a `#[test]`")]

use e2e::{Control, Host, json, languages, run, run_tour, tour};
use std::cell::RefCell;

type Size = (u32, u32);

const USUAL: Size = (400, 650);
const SMALL: Size = (320, 500);

/// The usual frame at 200 % and at 400 %, and a window of 1280 by 1024 pixels at 400 %.
const ZOOMED: [Size; 3] = [(200, 325), (100, 163), (320, 256)];

#[test]
fn every_screen_fits_400_by_650() {
    check(&[USUAL], "light", "en-US");
}

#[test]
fn every_screen_fits_400_by_650_in_dark_mode() {
    check(&[USUAL], "dark", "en-US");
}

#[test]
fn every_screen_fits_320_by_500_and_a_zoomed_page_in_every_language() {
    for (index, language) in languages().enumerate() {
        // With two languages both themes are seen.
        check(&[&ZOOMED[..], &[SMALL]].concat(), ["light", "dark"][index % 2], language);
    }
}

/// Visits every screen in a frame of the last size, and looks at it in all sizes.
#[track_caller]
fn check(sizes: &[Size], theme: &str, language: &str) {
    run_tour(async |harness| {
        harness.prefer("prefers-color-scheme", theme).await;
        harness.prefer_language(language).await;
        harness.ring_on().await;
        let mut page = harness.widget();
        page.size = *sizes.last().unwrap();
        let host = page.clone().open(harness).await;
        host.initialized().await;
        let shown = host
            .guest()
            .run("return [matchMedia('(prefers-color-scheme: dark)').matches, navigator.language];", vec![])
            .await;
        assert_eq!(shown, json!([theme == "dark", language]), "the browser has not applied the preferences");
        let language_of_page = host.guest().run("return document.documentElement.lang;", vec![]).await;
        assert_eq!(language_of_page, json!(&language[..2]));

        let name = format!("{theme}-{}", &language[..2]);
        let found = RefCell::new(Vec::new());
        let look = async |screen: &str| {
            let problems = look_at(&host, sizes, &name, screen).await;
            found.borrow_mut().extend(problems);
        };
        tour::outbound(&host, look).await;
        host.guest().click(Control::LogOut).await;
        tour::inbound(&host, look).await;
        tour::stored_states(&host, look).await;
        let remote = page.remote().open(harness).await;
        remote.initialized().await;
        let look = async |screen: &str| {
            let problems = look_at(&remote, sizes, &name, screen).await;
            found.borrow_mut().extend(problems);
        };
        tour::remote_frame(&remote, look).await;
        let found = found.into_inner();
        assert!(found.is_empty(), "{found:#?}");
    });
}

/// What is wrong with the screen, in each size.
async fn look_at(host: &Host<'_>, sizes: &[Size], name: &str, screen: &str) -> Vec<String> {
    let mut found = Vec::new();
    for size in sizes {
        // The host may have set another size.
        host.resize(*size).await;
        let problems = host.guest().layout_problems().await;
        found.extend(problems.iter().map(|problem| format!("{screen} at {size:?}: {problem}")));
        let picture = host.guest().picture().await;
        assert!(picture.starts_with(b"\x89PNG"), "a picture is PNG");
        let folder = e2e::target().join("screens").join(format!("{}x{}-{name}", size.0, size.1));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{screen}.png")), picture).unwrap();
    }
    found
}

/// The check sees what it is there for.
#[test]
fn what_is_cut_off_or_covered_is_found() {
    run(async |harness| {
        let host = harness.widget().open(harness).await;
        host.initialized().await;
        let widget = host.guest();
        widget.see(Control::LogIn).await;
        assert_eq!(widget.layout_problems().await, [""; 0]);
        for (style, problem) in [
            ("position: fixed; inset: 0; opacity: 0", "is covered by"),
            ("width: 900px; height: 1px; flex: none", "has to be scrolled to the side"),
            ("position: relative; bottom: 60px", "overlap"),
        ] {
            let add = "const added = document.createElement('div');
                added.style = arguments[0];
                added.textContent = 'Added to the page';
                document.querySelector('form').append(added);";
            widget.run(add, vec![json!(style)]).await;
            let found = widget.layout_problems().await;
            assert!(found.iter().any(|found| found.contains(problem)), "{style}: {found:?}");
            widget.run("document.querySelector('form').lastChild.remove();", vec![]).await;
        }
    });
}
