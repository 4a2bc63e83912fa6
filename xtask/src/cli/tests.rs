use super::*;

#[track_caller]
fn check(line: &str, expected: std::result::Result<Task, &str>) {
    let parsed = parse(line.split_whitespace().map(OsString::from));
    match (parsed, expected) {
        (Ok(task), Ok(expected)) => assert_eq!(task, expected, "{line}"),
        (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{line}: {error}"),
        (parsed, expected) => panic!("{line}: {parsed:?} instead of {expected:?}"),
    }
}

#[test]
fn every_form_of_the_command_line() {
    check("", Ok(Task::Help));
    check("help", Ok(Task::Help));
    check("serve --help", Ok(Task::Help));
    check("serve", Ok(Task::Serve(ServeOptions::default())));
    check(
        "serve --https --port=8443 --release --open",
        Ok(Task::Serve(ServeOptions { https: true, port: Some(8443), release: true, open: true })),
    );
    check("build", Ok(Task::Build(Build::deployable())));
    check(
        "build --plain --features mock,extra --dist /srv/widget",
        Ok(Task::Build(Build {
            dist: std::path::absolute("/srv/widget").unwrap(),
            features: vec!["mock".into(), "extra".into()],
            plain: true,
            ..Build::deployable()
        })),
    );
    check(
        "build --features sip --back-end https://api.example.com --connect wss://pbx.example.com:8089,http://[::1]:3000",
        Ok(Task::Build(Build {
            features: vec!["sip".into()],
            back_end: Some("https://api.example.com".into()),
            connect: vec!["wss://pbx.example.com:8089".into(), "http://[::1]:3000".into()],
            ..Build::deployable()
        })),
    );
    check("build --connect pbx.example.com", Err("`pbx.example.com` is not an origin"));
    check("build --back-end https://example.com;script-src", Err("is not an origin"));
    check("test", Ok(Task::Test(Part::ALL.to_vec())));
    check("test --only fmt,size", Ok(Task::Test(vec![Part::Fmt, Part::Size])));
    check("test --only fmt --only doc", Ok(Task::Test(vec![Part::Fmt, Part::Doc])));
    check("test --browser firefox", Ok(Task::TestIn(OtherBrowser::Firefox)));
    check("test --browser webkit --only e2e", Ok(Task::TestIn(OtherBrowser::WebKit)));
    check("hosting", Ok(Task::Hosting));
    check("site", Ok(Task::Site(Site::new())));
    check(
        "site --docs --from /srv/dist --out /srv/site",
        Ok(Task::Site(Site {
            out: std::path::absolute("/srv/site").unwrap(),
            from: Some(std::path::absolute("/srv/dist").unwrap()),
            docs: true,
        })),
    );
    check("doctor --help", Ok(Task::Doctor(vec!["--help".into()])));
    check("screenshots", Ok(Task::Screenshots));
    check("snapshots", Ok(Task::Snapshots));
    check("bench", Ok(Task::Bench(Vec::new())));
    check("bench --runs 9", Ok(Task::Bench(vec!["--runs".into(), "9".into()])));
    check("bench --help", Ok(Task::Help));
    check("soak", Ok(Task::Soak(SoakOptions::default())));
    check("soak --seed 7", Ok(Task::Soak(SoakOptions { seed: Some(7) })));
    check("soak --help", Ok(Task::Help));
    check("simulate", Ok(Task::Simulate(Vec::new())));
    check("simulate --list saved", Ok(Task::Simulate(vec!["--list".into(), "saved".into()])));
    check("simulate --help", Ok(Task::Help));
    check("simulator-pages", Ok(Task::SimulatorPages));
    check("sdk-diff 0.9.4 --json", Ok(Task::SdkDiff(vec!["0.9.4".into(), "--json".into()])));
    check("settings", Ok(Task::Settings(Vec::new())));
    check("settings show --help", Ok(Task::Settings(vec!["show".into(), "--help".into()])));
    check("override", Ok(Task::Override(OverrideOptions::default())));
    check("override --port 8443", Ok(Task::Override(OverrideOptions { port: Some(8443), url: None })));
    check(
        "rename Acme --crate acme-phone --port 9030 --color #5b2a86 --locales en,de --without simulator --allow-dirty",
        Ok(Task::Rename(rename::Options {
            name: "Acme".into(),
            package: Some("acme-phone".into()),
            port: Some(9030),
            color: Some("#5b2a86".into()),
            locales: Some("en,de".into()),
            without: vec!["simulator".into()],
            allow_dirty: true,
        })),
    );
    check("rename --help", Ok(Task::Help));
    check(
        "override --url https://phone.example.com/",
        Ok(Task::Override(OverrideOptions { port: None, url: Some("https://phone.example.com/".into()) })),
    );
}

#[test]
fn what_is_not_understood_is_named() {
    check("sevre", Err("no task `sevre`"));
    check("serve --prot 80", Err("--prot"));
    check("serve --port 0", Err("1 to 65535"));
    check("serve --port 70000", Err("70000"));
    check("build now", Err("now"));
    check("override --url phone.example.com", Err("must start with https://"));
    check("override --url http://localhost.example.com/", Err("must start with https://"));
    check("override --url https://phone.example.com/\"", Err("a URL has no"));
    check("override --port 0", Err("1 to 65535"));
    check("override --url https://phone.example.com/ --port 1", Err("exclude each other"));
    check("rename", Err("give the new name"));
    check("rename Acme Phone", Err("in quotes: `Phone`"));
    check("rename Acme --port 0", Err("1 to 65535"));
    check("rename Acme --port 65536", Err("65536"));
    check("test --only fnt", Err("no part `fnt`"));
    check("test --browser safari", Err("firefox or webkit, not `safari`"));
    check("test --browser firefox --only fmt", Err("the part e2e alone"));
}

#[test]
fn the_workflows_use_tasks_that_exist_and_well_known_actions() {
    let folder = crate::project::root().join(".github/workflows");
    let mut tasks = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let line = line.trim().trim_start_matches("- ");
            if let Some(task) = line.strip_prefix("run: cargo xtask ") {
                let parsed = parse(task.split_whitespace().map(OsString::from));
                assert!(!matches!(parsed, Ok(Task::Help) | Err(_)), "{}: {task}: {parsed:?}", path.display());
                tasks += 1;
            }
            if let Some(action) = line.strip_prefix("uses: ") {
                let version = action.strip_prefix("actions/").and_then(|action| action.split_once("@v"));
                let is_major = version.is_some_and(|(_, major)| major.parse::<u32>().is_ok());
                assert!(is_major, "{}: {action} is not one of GitHub's own, at a major version", path.display());
            }
        }
    }
    assert!(tasks >= 2, "the workflows test and publish with {tasks} tasks");
}
