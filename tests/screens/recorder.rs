//! Counts what a change costs: renders of components, mutations of the page, and calls of the runtime's listeners.

use super::support::{Widget, end_of_task};
use js_sys::Array;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, MutationObserver, MutationObserverInit, MutationRecord, Node};

thread_local! {
    static RENDERS: Cell<u32> = const { Cell::new(0) };
}

/// How many components Yew has rendered so far, each time that it did.
pub fn renders() -> u32 {
    // Fails when it is set already.
    let _ = tracing::subscriber::set_global_default(RenderCounter);
    RENDERS.get()
}

/// Yew opens a span for each render of a component.
struct RenderCounter;

impl Subscriber for RenderCounter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.name() == "render" && metadata.target().starts_with("yew::html::component")
    }

    fn new_span(&self, _span: &Attributes<'_>) -> Id {
        RENDERS.set(RENDERS.get() + 1);
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, _values: &Record<'_>) {}

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, _event: &Event<'_>) {}

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

/// What a change has cost.
#[derive(Debug)]
pub struct Cost {
    /// Renders of components.
    pub renders: u32,
    /// Calls of a listener of the runtime.
    pub notifications: u32,
    /// What was changed on the page.
    pub mutations: Vec<Mutation>,
}

#[derive(Debug)]
pub struct Mutation {
    target: Node,
    /// `"characterData"`, `"childList"`, or the name of an attribute.
    pub what: String,
}

impl Mutation {
    fn new(record: &MutationRecord) -> Self {
        let what = record.attribute_name().unwrap_or_else(|| record.type_());
        Mutation { target: record.target().unwrap(), what }
    }
}

impl Cost {
    /// Whether nothing was rendered, changed or notified.
    pub fn is_nothing(&self) -> bool {
        self.renders == 0 && self.notifications == 0 && self.mutations.is_empty()
    }

    /// What was changed, each once.
    pub fn changed(&self) -> BTreeSet<&str> {
        self.mutations.iter().map(|mutation| mutation.what.as_str()).collect()
    }

    /// Whether everything that was changed is in this element.
    pub fn is_in(&self, element: &HtmlElement) -> bool {
        self.mutations.iter().all(|mutation| element.contains(Some(&mutation.target)))
    }
}

/// Records until it is dropped.
pub struct Recorder {
    observer: MutationObserver,
    mutations: Rc<RefCell<Vec<Mutation>>>,
    notifications: Rc<Cell<u32>>,
    _listener: Rc<dyn Fn()>,
    _on_mutations: Closure<dyn FnMut(Array)>,
}

impl Recorder {
    /// A recorder for this widget.
    pub fn new(widget: &Widget) -> Self {
        let mutations = Rc::new(RefCell::new(Vec::new()));
        let on_mutations = {
            let mutations = mutations.clone();
            Closure::<dyn FnMut(Array)>::new(move |records: Array| {
                mutations.borrow_mut().extend(records.iter().map(|record| Mutation::new(record.unchecked_ref())));
            })
        };
        let observer = MutationObserver::new(on_mutations.as_ref().unchecked_ref()).unwrap();
        let init = MutationObserverInit::new();
        init.set_attributes(true);
        init.set_character_data(true);
        init.set_child_list(true);
        init.set_subtree(true);
        observer.observe_with_options(widget.root(), &init).unwrap();
        let notifications = Rc::new(Cell::new(0));
        let listener: Rc<dyn Fn()> = {
            let notifications = notifications.clone();
            Rc::new(move || notifications.set(notifications.get() + 1))
        };
        widget.runtime.subscribe(&listener);
        Recorder { observer, mutations, notifications, _listener: listener, _on_mutations: on_mutations }
    }

    /// What a change and everything that follows from it costs. What was due before has happened first.
    pub async fn cost_of<T>(&self, change: impl AsyncFnOnce() -> T) -> Cost {
        end_of_task().await;
        self.mutations.take();
        self.notifications.take();
        let before = renders();
        change().await;
        end_of_task().await;
        Cost { renders: renders() - before, notifications: self.notifications.take(), mutations: self.mutations.take() }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
