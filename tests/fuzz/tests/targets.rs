//! Runs every target on its corpus and on mutations of it.

use fuzz::{NAMES, TEXTS};
use fuzz_driver::{Shape, Target, fuzz};
use std::path::Path;

fn run(name: &'static str, run: fn(&[u8]) -> Shape, dictionary: &'static [&'static str], cases: u64) {
    fuzz(&Target { name, run, dictionary, cases }, Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")));
}

#[test]
fn any_payload_of_any_message() {
    run("codec", fuzz::codec, NAMES, 4_000);
}

#[test]
fn any_messages_and_reloads_of_guest_and_hosts() {
    run("sessions", fuzz::sessions, TEXTS, 2_000);
}

#[test]
fn any_messages_calls_and_reloads_of_the_widget() {
    run("runtime", fuzz::runtime, TEXTS, 1_000);
}

#[test]
fn any_text_as_an_origin() {
    const WORDS: &[&str] = &[
        "https://",
        "http://",
        "app",
        "app-eu1",
        ".hubspot.com",
        "hubspot.com",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "widget.example",
        ":443",
        ":80",
        ":",
        "/",
        "\\",
        "@",
        "#",
        "?",
        "..",
        "%2e",
        "\t",
        "\n",
        "xn--",
        "\u{ff0e}",
        "0x7f.1",
        "javascript:",
        "null",
        "blob:",
    ];
    run("origin", fuzz::origin, WORDS, 20_000);
}

#[test]
fn any_text_as_a_phone_number() {
    const WORDS: &[&str] = &[
        "+",
        "+1",
        "+44",
        "(0)",
        "(",
        ")",
        " ",
        "-",
        "x",
        "ext.",
        "extension",
        ",",
        ";",
        "*",
        "#",
        "\u{a0}",
        "\u{2011}",
        "٦",
        "617",
    ];
    run("phone-number", fuzz::phone_number, WORDS, 20_000);
}
