//! Downloads, file uploads and the clipboard.

use crate::transcript::MAX_BYTES;
use gloo::utils::{document, window};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Event, HtmlAnchorElement, HtmlInputElement, Url};
use yew::{NodeRef, platform::spawn_local};

/// Downloads a text as a file. If the browser does not allow downloads, it informs the user itself.
pub fn download(name: &str, mime_type: &str, text: &str) {
    let _ = try_download(name, mime_type, text);
}

fn try_download(name: &str, mime_type: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

/// Opens the file dialog.
pub fn pick(picker: &NodeRef) {
    if let Some(input) = picker.cast::<HtmlInputElement>() {
        input.click();
    }
}

/// Reads the selected file and passes its name and text to `done`. The text is `None` if it cannot be read.
pub fn read(event: &Event, done: impl FnOnce(String, Option<String>) + 'static) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    // The input is emptied below, so that the same file can be selected again.
    let name = file.name();
    // One more byte is enough to detect that it is too large.
    let blob = file.slice_with_i32_and_i32(0, MAX_BYTES as i32 + 1);
    input.set_value("");
    spawn_local(async move {
        let text = match blob {
            Ok(blob) => JsFuture::from(blob.text()).await.ok().and_then(|text| text.as_string()),
            Err(_) => None,
        };
        done(name, text);
    });
}

/// Copies a text and passes to `done` whether the browser allowed it.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let clipboard = window().navigator().clipboard();
    // Pages that are neither on https nor on a loopback host have no clipboard.
    if clipboard.is_undefined() {
        return done(false);
    }
    let copied = clipboard.write_text(text);
    spawn_local(async move { done(JsFuture::from(copied).await.is_ok()) });
}
