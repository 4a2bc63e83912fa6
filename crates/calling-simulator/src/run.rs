//! `calling-simulator run`: all scenarios, a browser for each.

use crate::{
    artifacts::Artifacts,
    browser::{Browser, Programs},
    choice::{Choice, Chosen},
    cli::Run,
    error::Error,
    pages::Files,
    report::{Report, TestResult, Tested},
    selectors::Selectors,
    server::{self, DefaultWidget, Listen},
    simulator_page::{Opening, Outcome, SimulatorPage},
    widget,
};
use futures_util::{StreamExt, stream};
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tokio::sync::watch;

/// Runs the scenarios, prints a line for each, and writes the reports. `interrupt` becomes true to stop: then the browsers are quit,
/// nothing is written, and the answer is `None`.
///
/// # Errors
/// When they cannot be run at all, or a report cannot be written. A scenario that fails is in the report.
pub async fn run(options: &Run, interrupt: &watch::Receiver<bool>) -> Result<Option<Report>, Error> {
    let choice = Choice::of(&options.scenarios)?;
    let selectors = read_selectors(&options.selectors)?;
    let selectors = if options.keyboard { selectors.by_keyboard() } else { selectors };
    let pages = Files::simulator(options.pages.clone())?;
    let programs = Programs {
        chromium: local_machine::chromium(options.browser.as_deref())?,
        chromedriver: local_machine::chromedriver(options.driver.as_deref())?,
        visible: options.show,
    };
    // Before a browser is started: a report that cannot be written is no news for the end.
    for file in [&options.junit, &options.json].into_iter().flatten() {
        make_folder_of(file)?;
    }
    let url = options.widget.served(Listen::Loopback, 0).await?;
    widget::wait_for(&url, options.wait).await?;
    let widget = DefaultWidget { name: "Widget".to_owned(), url: url.to_string() };
    let port = server::serve_simulator(pages, widget, Listen::Loopback, 0).await.map_err(Error::Server)?;
    let environment = Environment {
        programs: &programs,
        selectors: &selectors,
        own_scenarios: &choice.own,
        origin: &format!("http://localhost:{port}"),
        widget: url.as_str(),
        options,
        interrupt,
    };

    let count = choice.scenarios.len();
    println!("\nrunning {count} {}", if count == 1 { "scenario" } else { "scenarios" });
    let begin = Instant::now();
    let mut tested: Vec<(usize, Tested)> = stream::iter(choice.scenarios.iter().enumerate())
        .map(|(index, scenario)| async move { (index, environment.test(scenario).await) })
        .buffer_unordered(options.jobs.into())
        .inspect(|(_, tested)| {
            if !*interrupt.borrow() {
                println!("{}", line(tested));
            }
        })
        .collect()
        .await;
    if *interrupt.borrow() {
        return Ok(None);
    }
    tested.sort_by_key(|(index, _)| *index);
    let scenarios = tested.into_iter().map(|(_, tested)| tested).collect();
    let report = Report::new(url.to_string(), begin.elapsed(), scenarios);
    if let Some(file) = &options.junit {
        write(file, &report.junit()?)?;
    }
    if let Some(file) = &options.json {
        write(file, &report.json())?;
    }
    Ok(Some(report))
}

/// What all scenarios have in common.
#[derive(Clone, Copy)]
struct Environment<'a> {
    programs: &'a Programs,
    selectors: &'a Selectors,
    own_scenarios: &'a [(String, String)],
    origin: &'a str,
    widget: &'a str,
    options: &'a Run,
    interrupt: &'a watch::Receiver<bool>,
}

impl Environment<'_> {
    async fn test(self, scenario: &Chosen) -> Tested {
        let begin = Instant::now();
        let result = match scenario.unsupported(self.selectors) {
            Some(reason) => TestResult::Ignored { reason: reason.to_owned() },
            None => self.run_in_browser(scenario).await,
        };
        let Chosen { name, description, .. } = scenario.clone();
        Tested { name, description, took: begin.elapsed(), result }
    }

    async fn run_in_browser(self, scenario: &Chosen) -> TestResult {
        let interrupted = || TestResult::Failed {
            reason: "interrupted".into(),
            console: Vec::new(),
            artifacts: Artifacts::default(),
        };
        if *self.interrupt.borrow() {
            return interrupted();
        }
        let browser = match Browser::start(self.programs).await {
            Ok(browser) => browser,
            Err(reason) => return TestResult::Failed { reason, console: Vec::new(), artifacts: Artifacts::default() },
        };
        let mut interrupt = self.interrupt.clone();
        let result = tokio::select! {
            result = self.run_with(&browser, scenario) => result,
            Ok(_) = interrupt.wait_for(|interrupted| *interrupted) => interrupted(),
        };
        browser.quit().await;
        result
    }

    async fn run_with(self, browser: &Browser, scenario: &Chosen) -> TestResult {
        let opening = Opening {
            origin: self.origin,
            widget: Some(self.widget),
            scenario: Some(&scenario.name),
            own_scenarios: self.own_scenarios,
        };
        let limit = self.options.timeout;
        let (page, outcome) = match SimulatorPage::open(&browser.driver, &opening).await {
            // The page has a limit of its own, which names the step; this one is for a browser that hangs.
            Ok(page) => {
                let hangs = limit + Duration::from_secs(30);
                let finished = tokio::time::timeout(hangs, page.finish(self.selectors, limit)).await;
                let outcome = finished.unwrap_or_else(|_| Err(format!("the browser hangs for {} s", hangs.as_secs())));
                (Some(page), outcome)
            }
            Err(why) => (None, Err(why)),
        };
        let console = browser.console().await;
        let errors: Vec<String> =
            console.iter().filter_map(|line| line.strip_prefix("SEVERE ")).map(str::to_owned).collect();
        let reason = match outcome {
            Ok(Outcome::Passed) if errors.is_empty() || !self.options.deny_console_errors => return TestResult::Passed,
            Ok(Outcome::Passed) => "the browser's console has errors".to_owned(),
            Ok(Outcome::Failed(why)) | Err(why) => why,
        };
        let folder = self.options.artifacts.join(&scenario.name);
        let (reason, artifacts) = match Artifacts::take(browser, page.as_ref(), &console, &folder).await {
            Ok(artifacts) => (reason, artifacts),
            Err(error) => (format!("{reason}\n{} cannot be made: {error}", folder.display()), Artifacts::default()),
        };
        TestResult::Failed { reason, console: errors, artifacts }
    }
}

fn line(tested: &Tested) -> String {
    let seconds = tested.took.as_secs_f32();
    match &tested.result {
        TestResult::Passed => format!("test {} ... ok ({seconds:.1} s)", tested.name),
        TestResult::Ignored { reason } => format!("test {} ... ignored, {reason}", tested.name),
        TestResult::Failed { .. } => format!("test {} ... FAILED ({seconds:.1} s)", tested.name),
    }
}

fn read_selectors(path: &Path) -> Result<Selectors, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    Selectors::read(&text).map_err(|source| Error::Selectors { path: path.to_owned(), source })
}

fn make_folder_of(file: &Path) -> Result<(), Error> {
    let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    std::fs::create_dir_all(folder).map_err(|source| Error::Write { path: PathBuf::from(folder), source })
}

fn write(file: &Path, text: &str) -> Result<(), Error> {
    std::fs::write(file, text).map_err(|source| Error::Write { path: file.to_owned(), source })
}
