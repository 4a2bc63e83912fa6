use super::{labels, link};
use crate::{
    crm::{Account, RecordId},
    hubspot::{Call, TimelineStatus},
    i18n::{fill, texts},
    page::Panel,
};
use calling_extensions::{
    codec::Payload,
    message::{Direction, EngagementProperties},
};
use web_kit::{Icon, glyph};
use yew::prelude::*;

/// A list of calls. `on` is the record whose timeline this is; it is not listed among the associations.
pub fn entries<'a>(panel: &Panel, calls: impl Iterator<Item = &'a Call>, on: Option<&RecordId>) -> Html {
    let entries: Vec<_> = calls.map(|call| entry(panel, call, on)).collect();
    if entries.is_empty() {
        return html! { <p class="empty">{ texts().timeline.empty }</p> };
    }
    html! { <ol class="timeline">{ for entries }</ol> }
}

fn entry(panel: &Panel, call: &Call, on: Option<&RecordId>) -> Html {
    let texts = &texts().timeline;
    let status = panel.state.timeline_status(call);
    let (word, tone) = labels::timeline_status(status);
    let (title, mark) = match call.direction {
        Direction::Outbound => (texts.outbound, "↗"),
        Direction::Inbound => (texts.inbound, "↙"),
    };
    let number = call.number().filter(|number| !number.is_empty()).unwrap_or(texts.unknown_number);
    let properties = &call.properties;
    let hint = match status {
        TimelineStatus::NotSaved => Some(texts.not_saved_hint),
        TimelineStatus::Ghost if call.engagement.is_some() => Some(texts.ghost_hint),
        _ => None,
    };
    let said_at = properties.hs_timestamp.as_deref().and_then(|text| text.trim().parse().ok());
    let (when, machine) = labels::moment(said_at.unwrap_or(call.started_at));
    let outcome = properties.hs_call_disposition.as_deref().filter(|id| !id.is_empty());
    html! {
        <li
            key={call.serial}
            class="card entry"
            data-test-id="timeline-entry"
            data-status={status_name(status)}
            data-engagement={call.engagement.map(|id| id.to_string())}
        >
            <div class="line">
                <span class="mark" aria-hidden="true">{ mark }</span>
                <h3>{ properties.hs_call_title.clone().unwrap_or_else(|| fill(title, number)) }</h3>
                <span class="badge" data-tone={tone}>{ word }</span>
                if call.transferred && status != TimelineStatus::TransferredUnanswered {
                    <span class="badge">{ texts.transferred }</span>
                }
                if call.finalized {
                    <span class="badge">{ texts.finalized }</span>
                }
            </div>
            if let Some(hint) = hint {
                <p class="problem"><Icon glyph={glyph::WARNING} />{ hint }</p>
            }
            if let Some(notes) = properties.hs_call_body.as_deref().filter(|notes| !notes.is_empty()) {
                <p class="note-text">{ notes }</p>
            }
            <dl class="facts">
                { fact(texts.when, html! { <time datetime={machine}>{ when }</time> }) }
                if let Some(ms) = call.duration() {
                    { fact(texts.duration, html! { labels::duration(ms) }) }
                }
                if let Some(status) = call.status() {
                    { fact(texts.status, html! { labels::status(status) }) }
                }
                if let Some(outcome) = outcome {
                    { fact(texts.outcome, html! { Account::get().outcomes.get(outcome).map_or(outcome, String::as_str) }) }
                }
                if let Some(url) = properties.hs_call_recording_url.as_deref() {
                    { fact(texts.recording, recording(url)) }
                }
                { fact(texts.engagement, match call.engagement {
                    Some(id) => html! { <code>{ id }</code> },
                    None => html! { <span class="soft">{ texts.no_engagement }</span> },
                }) }
                { associations(panel, call, on) }
            </dl>
            { everything(properties) }
        </li>
    }
}

fn fact(name: &'static str, value: Html) -> Html {
    html! {
        <>
            <dt>{ name }</dt>
            <dd>{ value }</dd>
        </>
    }
}

/// The URL comes from the widget, so only http and https become links.
fn recording(url: &str) -> Html {
    let is_web = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    let url = url.to_owned();
    if is_web {
        html! { <a href={url.clone()} target="_blank" rel="noopener noreferrer">{ url }</a> }
    } else {
        html! { url }
    }
}

fn associations(panel: &Panel, call: &Call, on: Option<&RecordId>) -> Html {
    let others = call.associations.iter().filter(|id| Some(*id) != on);
    let links: Vec<_> = others.filter_map(|id| Account::get().record(id)).map(|record| link(panel, record)).collect();
    if links.is_empty() {
        return html! {};
    }
    fact(texts().timeline.associations, html! { <span class="links">{ for links }</span> })
}

/// All properties as the app sent them.
fn everything(properties: &EngagementProperties) -> Html {
    let map = properties.to_map();
    if map.is_empty() {
        return html! {};
    }
    let row = |(name, value): (&str, &calling_extensions::codec::Value)| {
        let value =
            value.as_text().map(str::to_owned).unwrap_or_else(|| serde_json::to_string(value).unwrap_or_default());
        html! {
            <>
                <dt><code>{ name.to_owned() }</code></dt>
                <dd>{ value }</dd>
            </>
        }
    };
    html! {
        <details>
            <summary>{ texts().timeline.everything }</summary>
            <dl class="facts">{ for map.iter().map(row) }</dl>
        </details>
    }
}

fn status_name(status: TimelineStatus) -> &'static str {
    match status {
        TimelineStatus::Ringing => "ringing",
        TimelineStatus::Talking => "talking",
        TimelineStatus::WrapUp => "wrap-up",
        TimelineStatus::TransferredUnanswered => "transferred-unanswered",
        TimelineStatus::Saved => "saved",
        TimelineStatus::NotSaved => "not-saved",
        TimelineStatus::Ghost => "ghost",
    }
}
