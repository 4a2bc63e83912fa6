//! Puts the simulator on the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    simulator::page::mount();
}
