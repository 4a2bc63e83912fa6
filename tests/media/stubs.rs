//! What the browser says instead of the truth, until the stub is dropped.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Event, MediaDeviceInfo, MediaDevices};

pub fn media_devices() -> MediaDevices {
    gloo::utils::window().navigator().media_devices().unwrap()
}

/// A method of an object that is replaced.
pub struct Stub(Rc<Replaced>);

struct Replaced {
    object: JsValue,
    name: &'static str,
    original: JsValue,
    _replacement: Box<dyn std::any::Any>,
}

thread_local! {
    /// What is replaced now. A test that panics drops nothing.
    static REPLACED: RefCell<Vec<Rc<Replaced>>> = const { RefCell::new(Vec::new()) };
}

/// The browser says the truth again, for the test after one that fails.
pub fn restore_all() {
    REPLACED.take().iter().rev().for_each(|replaced| replaced.restore());
}

impl Replaced {
    fn restore(&self) {
        Reflect::set(&self.object, &self.name.into(), &self.original).unwrap();
    }
}

impl Stub {
    fn new(object: &JsValue, name: &'static str, replacement: JsValue, kept: Box<dyn std::any::Any>) -> Self {
        let original = Reflect::get(object, &name.into()).unwrap();
        Reflect::set(object, &name.into(), &replacement).unwrap();
        let replaced = Rc::new(Replaced { object: object.clone(), name, original, _replacement: kept });
        REPLACED.with_borrow_mut(|all| all.push(replaced.clone()));
        Stub(replaced)
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        REPLACED.with_borrow_mut(|all| all.retain(|replaced| !Rc::ptr_eq(replaced, &self.0)));
        self.0.restore();
    }
}

/// The device with this id is not in the list, as after it was pulled out.
pub fn without_device(id: &str) -> Stub {
    let (devices, id) = (media_devices(), id.to_owned());
    let original: Function = Reflect::get(&devices, &"enumerateDevices".into()).unwrap().unchecked_into();
    let this = devices.clone();
    let filter = Closure::<dyn Fn(JsValue) -> JsValue>::new(move |all: JsValue| {
        let there = |info: &JsValue| info.unchecked_ref::<MediaDeviceInfo>().device_id() != id;
        all.unchecked_into::<Array>().iter().filter(there).collect::<Array>().into()
    });
    let filter_function: Function = filter.as_ref().clone().unchecked_into();
    let replacement = Closure::<dyn Fn() -> JsValue>::new(move || {
        let promise: Promise = original.call0(&this).unwrap().unchecked_into();
        let then: Function = Reflect::get(&promise, &"then".into()).unwrap().unchecked_into();
        then.call1(&promise, &filter_function).unwrap()
    });
    let function = replacement.as_ref().clone();
    Stub::new(&devices, "enumerateDevices", function, Box::new((filter, replacement)))
}

/// The browser plays nothing before a click.
pub fn without_autoplay() -> Stub {
    let prototype = Reflect::get(&gloo::utils::window(), &"HTMLMediaElement".into())
        .and_then(|class| Reflect::get(&class, &"prototype".into()))
        .unwrap();
    let replacement = Closure::<dyn Fn() -> JsValue>::new(|| {
        let error = web_sys::DomException::new_with_message_and_name("play() failed", "NotAllowedError").unwrap();
        Promise::reject(&error).into()
    });
    let function = replacement.as_ref().clone();
    Stub::new(&prototype, "play", function, Box::new(replacement))
}

/// The microphone cannot be opened, with an error of this name.
pub fn without_microphone(error: &'static str) -> Stub {
    let replacement = Closure::<dyn Fn() -> JsValue>::new(move || {
        Promise::reject(&web_sys::DomException::new_with_message_and_name("no", error).unwrap()).into()
    });
    let function = replacement.as_ref().clone();
    Stub::new(&media_devices(), "getUserMedia", function, Box::new(replacement))
}

/// The browser says that a device came or went.
pub fn devices_changed() {
    media_devices().dispatch_event(&Event::new("devicechange").unwrap()).unwrap();
}
