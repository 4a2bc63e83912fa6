//! What a failed scenario leaves behind: a picture of the page, a recording of the messages that the simulator can import, and
//! the browser's console.

use crate::{browser::Browser, frame::Frame, simulator_page::SimulatorPage, wait::until};
use serde::Serialize;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// How long each artifact may take: the page may hang.
const TIMEOUT: Duration = Duration::from_secs(8);

/// The files of one failure. What could not be taken is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Artifacts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub console: Option<PathBuf>,
}

impl Artifacts {
    /// The files that there are.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.picture, &self.recording, &self.console].into_iter().flatten()
    }

    /// Takes all of them, into this folder.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub async fn take(
        browser: &Browser,
        page: Option<&SimulatorPage<'_>>,
        console: &[String],
        folder: &Path,
    ) -> std::io::Result<Self> {
        tokio::fs::create_dir_all(folder).await?;
        if let Some(page) = page {
            // The picture is of the current window in any case.
            let _ = page.to_main().await;
        }
        let picture = folder.join("screen.png");
        let took = tokio::time::timeout(TIMEOUT, browser.driver.screenshot(&picture)).await;
        let picture = matches!(took, Ok(Ok(()))).then_some(picture);
        let recording = tokio::time::timeout(TIMEOUT * 2, recording(browser, folder)).await.ok().flatten();
        let console_file = folder.join("console.txt");
        let written = tokio::fs::write(&console_file, console.join("\n")).await;
        Ok(Self { picture, recording, console: written.is_ok().then_some(console_file) })
    }
}

/// The file that the page exports.
async fn recording(browser: &Browser, folder: &Path) -> Option<PathBuf> {
    let page = Frame::page(&browser.driver);
    let tab = "document.querySelector('[data-test-id=tab-messages]')?.click();";
    page.run(tab, vec![]).await.ok()?;
    let export = "const button = document.querySelector('[data-test-id=export-messages]:not([disabled])');
        button?.click();
        return Boolean(button);";
    until("the export of the messages", TIMEOUT, async || {
        if page.run(export, vec![]).await? == true { Ok(()) } else { Err("there is no message".to_owned()) }
    })
    .await
    .ok()?;
    let downloads = browser.downloads();
    let downloaded = until("the exported file", TIMEOUT, async || {
        let files = std::fs::read_dir(&downloads).map_err(|error| error.to_string())?;
        // While the browser writes, the content is in a file whose name ends differently, and this one may be there and empty.
        let is_done = |file: &PathBuf| {
            file.extension().is_some_and(|it| it == "json") && file.metadata().is_ok_and(|metadata| metadata.len() > 0)
        };
        let mut files = files.flatten().map(|file| file.path());
        files.find(is_done).ok_or_else(|| "there is none".to_owned())
    })
    .await
    .ok()?;
    let target = folder.join("recording.json");
    tokio::fs::copy(downloaded, &target).await.ok().map(|_| target)
}
