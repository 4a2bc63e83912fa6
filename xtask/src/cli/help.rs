//! What `cargo xtask help` prints.

pub const HELP: &str = "\
cargo xtask serve [--https] [--port N] [--release] [--open]
    Installs what is missing and serves the widget, the simulator with the widget in it, and the SDK's example pages,
    each at a port of its own. A change is built again and shown. Prints the addresses, and the lines for HubSpot's console.
    --https    with a self-signed certificate, as HubSpot needs it
    --port N   the widget at this port instead of the one in Trunk.toml; the other pages at the ports after it
    --release  the optimized build instead of the one that is built fast
    --open     opens the simulator in the browser when all pages are ready

cargo xtask build [--plain] [--features F,…] [--dist DIR]
    Makes the deployable dist/ and prints what it weighs.
    --plain       leaves out the steps that make it small: standard library, wasm-opt, esbuild, short names
    --features F  with these cargo features of the widget; `sip` is the phone on SIP
    --back-end O  users of the phone on SIP log in at this origin instead of the page's own
    --connect O,… the page may contact these origins too, for instance wss://pbx.example.com
    --dist DIR    into this folder

cargo xtask site [--docs] [--from DIR] [--out DIR]
    Makes target/site, the folder that is put online: the build, compressed with brotli and gzip, and _headers for static hosts.
    --docs      with the docs of the crates in docs/
    --from DIR  takes a folder that `build` has made, instead of building
    --out DIR   into this folder, which is emptied first

cargo xtask hosting
    Writes the files for web servers in hosting/ again, from hosting/policy.toml.

cargo xtask doctor URL [--json]
    Checks a widget that is online, in any language, and says what to change. `cargo xtask doctor --help` lists its options.

cargo xtask test [--only PART,…] [--browser NAME]
    Runs every check and test. The parts: fmt, clippy, doc, deny, native, browser, size, e2e, browsers, sip. The part browsers is a
    few end-to-end tests in Firefox and in WebKit, where they can be installed.
    --browser NAME  runs nothing but the end-to-end tests, all in firefox or the essential ones in webkit, and prints those that the
                    browser cannot run

cargo xtask mutants [OPTION…]
    Changes the model of a call and the sessions of the protocol in some hundred places, one at a time, and says which changes no test
    notices. It takes an hour or two, and is no part of `test`. The options are those of cargo-mutants: --list, --shard 1/8, --jobs 2.

cargo xtask screenshots
    Takes the pictures of the README again, from a release build.

cargo xtask snapshots
    Writes tests/e2e/snapshots again, which show what assistive technology gets of each screen, from a release build.

cargo xtask bench [--runs N] [--against DIR-or-URL] [--out FILE] [--calls N] [--browser NAME]
    Measures the release build in a browser, 5 or N runs, and prints the medians. Nothing passes or fails.
    --against DIR-or-URL  measures another built widget in the same runs, which has the same data-test-ids
    --out FILE            writes the table, as Markdown
    --calls N             also makes N calls in one page and prints what memory each leaves behind
    --browser NAME        in firefox instead of chromium; it does not say its heap, and cannot be slowed down

cargo xtask soak [--seed N]
    Uses the release build in a browser for eight hours of its clock, with 500 calls and 100 reloads, and makes 500 calls with
    faults. Prints what has grown, and fails if anything has. It takes long; the tests have a short version.
    --seed N  the faults follow from it, so the same seed makes the same run

cargo xtask simulate [--list] [--widget URL-or-FOLDER] [--selectors FILE] [--junit FILE] [--json FILE] [OPTION…] [SCENARIO…]
    Runs scenarios of the simulator in a browser without a window, all or those named, and reports like a test runner.
    A SCENARIO is a name, or a file of your own that ends in .toml. It is `calling-simulator run`, and takes all of its options.
    --list                  names the scenarios and runs none
    --widget URL-or-FOLDER  runs them against this widget instead of the one of this repository
    --selectors FILE        where to click in it, as in crates/simulator/widgets/demo-app-rust.toml
    --junit FILE            writes a report as JUnit XML; --json FILE as JSON

cargo xtask phone [--tls] [--turn] [--manual] [OPTION…]
    Starts a telephone exchange on this machine, with a phone that is no browser, and serves the widget with a phone on SIP.
    Prints what to open and who can call whom. `cargo xtask phone --help` lists all options.

cargo xtask simulator-pages
    Builds the simulator into crates/calling-simulator/pages, so that `cargo install --path crates/calling-simulator`, or a release
    build of it, has the pages inside.

cargo xtask sdk-diff VERSION [--json]
    Fetches this version of HubSpot's npm package, `latest` too, and prints what calling-extensions lacks of it, or has in another
    form: messages, handlers, constants, types with their fields, methods. Fails when there is any. Also with --folder DIR.

cargo xtask override [--url URL] [--port N]
    Prints the lines for HubSpot's console that list the widget under Call from in one browser, with all their fields, for
    https and http, and the line that removes them.
    --url URL  for a widget that is deployed there
    --port N   for one at this port of this machine instead of the one in Trunk.toml

cargo xtask settings [show | create | update | delete | recording … | channel-connection …]
    The app's calling settings in HubSpot, for all its users. Asks for the app id and the key, or takes them from the
    environment. `cargo xtask settings --help` lists the options; --dry-run shows the requests and sends none.

cargo xtask rename NAME [--crate NAME] [--port N] [--color #RRGGBB] [--locales CODE,…] [--without simulator] [--allow-dirty]
    Makes this project yours: gives the app another name, everywhere, and prints which files have changed. Can be repeated.
    --crate NAME         the name of the crate, if it should differ from the app's
    --port N             serves the widget at this port, the other pages at the ports after it
    --color #RRGGBB      the accent colour, and the colour of the icon
    --locales CODE,…     the languages, en among them; a new one begins as a copy of the English texts
    --without simulator  removes the simulator
    --allow-dirty        even if not all is committed

cargo xtask help
    Prints this.";
