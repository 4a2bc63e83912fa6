//! The task queue.

use super::Panel;
use crate::{
    crm::{Account, Task},
    hubspot::{Action, Queue},
    i18n::{fill, fill_all, texts},
};
use web_kit::{Icon, glyph};
use yew::prelude::*;

/// The current task. A new current task opens its record.
#[component]
pub fn TaskQueue(panel: &Panel) -> Html {
    let queue = panel.state.queue;
    let task = queue.and_then(|queue| queue.task());
    let last = use_mut_ref(|| queue.map(|queue| queue.at));
    {
        let on_go = panel.on_go.clone();
        use_effect_with((queue.map(|queue| queue.at), task), move |(at, task)| {
            // Not after loading the page, which shows the record in its address.
            if last.replace(*at) != *at
                && let Some(task) = task
            {
                on_go.emit(Some(task.record.clone()));
            }
        });
    }
    // The offer to start the queue is only shown above the list.
    if queue.is_none() && panel.record.is_some() {
        return html! {};
    }
    let texts = &texts().tasks;
    let all = Account::get().tasks.len();
    let does = |action: Action| {
        let hubspot = panel.hubspot.clone();
        Callback::from(move |_: MouseEvent| hubspot.dispatch(action.clone()))
    };
    let inside = match (queue, task) {
        (None, _) => html! {
            <>
                <p>{ fill(texts.offer, &all.to_string()) }</p>
                <button type="button" class="button" data-test-id="queue-start" onclick={does(Action::StartQueue)}>{ texts.start }</button>
            </>
        },
        (Some(queue), Some(task)) => html! {
            <>
                <p role="status">{ task_label(queue, task) }</p>
                { current(panel, queue, task) }
                <button type="button" class="button" data-kind="link" data-test-id="queue-leave" onclick={does(Action::LeaveQueue)}>
                    { texts.leave }
                </button>
            </>
        },
        (Some(queue), None) => html! {
            <>
                <p role="status">{ fill_all(texts.done, &[&queue.done.to_string(), &all.to_string()]) }</p>
                <button type="button" class="button" data-test-id="queue-leave" onclick={does(Action::LeaveQueue)}>{ texts.leave }</button>
            </>
        },
    };
    html! {
        <section class="queue" aria-labelledby="queue-title">
            <h2 id="queue-title">{ texts.title }</h2>
            { inside }
        </section>
    }
}

fn current(panel: &Panel, queue: Queue, task: &Task) -> Html {
    let texts = &texts().tasks;
    if queue.call.is_some() {
        return html! { <p class="soft">{ texts.in_call }</p> };
    }
    let (on_call_task, hubspot) = (panel.on_call_task.clone(), panel.hubspot.clone());
    html! {
        <>
            <button type="button" class="button" data-kind="primary" data-test-id="queue-call" onclick={move |_| on_call_task.emit(())}>
                <Icon glyph={glyph::PHONE} />
                { fill(texts.call, &task.number) }
            </button>
            <button type="button" class="button" data-test-id="queue-skip" onclick={move |_| hubspot.dispatch(Action::SkipTask)}>
                { texts.skip }
            </button>
        </>
    }
}

/// `Task 2 of 3: Offer a fourth phone`
fn task_label(queue: Queue, task: &Task) -> String {
    let values: [&str; 3] = [&(queue.at + 1).to_string(), &Account::get().tasks.len().to_string(), &task.title];
    fill_all(texts().tasks.at, &values)
}
