//! Runs an exchange until it is told to stop.

#[cfg(target_os = "linux")]
mod program;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    program::main()
}

#[cfg(not(target_os = "linux"))]
fn main() -> std::process::ExitCode {
    eprintln!("error: the exchange consists of programs for Linux; run it there, or in a container with Linux");
    std::process::ExitCode::FAILURE
}
