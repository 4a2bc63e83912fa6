//! Link arguments of the widget.

use std::{env, path::Path};

/// 256 KiB instead of rustc's 1 MiB: the stack is part of the memory that every page holds from the start.
/// Frames of unoptimised code are bigger, so debug builds keep the default.
const RELEASE_STACK_BYTES: u32 = 256 * 1024;

/// Linked by `src/telephony/sip/ua.rs`.
const USER_AGENT: &str = "target/tools/sip/user-agent.js";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_SIP").is_some() {
        println!("cargo::rerun-if-changed={USER_AGENT}");
        if !Path::new(USER_AGENT).exists() {
            println!(
                "cargo::error={USER_AGENT} is missing: run `cargo xtask build --features sip`, which fetches and bundles it"
            );
        }
    }
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") {
        println!("cargo::rustc-link-arg-bins=-zstack-size={RELEASE_STACK_BYTES}");
    }
}
