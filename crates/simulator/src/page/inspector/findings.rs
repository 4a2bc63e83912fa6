use crate::{
    check::{Finding, Rule, Severity},
    i18n::{fill, texts},
};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub findings: Rc<Vec<Finding>>,
    /// How many further ones there are.
    pub unlisted: u64,
    /// What would be wrong if nothing more came.
    pub unfinished: Vec<Finding>,
    /// The number of the first message that is still here.
    pub first: u64,
    /// The person wants to see the message of this number.
    pub on_go_to: Callback<u64>,
    /// Whether only messages with findings are shown.
    pub only_faulty: bool,
    pub on_only_faulty: Callback<bool>,
}

/// What the check has found, the newest first.
#[component]
pub fn Findings(props: &Props) -> Html {
    let text = &texts().inspector;
    let count = props.findings.len() as u64 + props.unlisted;
    let summary = fill(text.findings, &text.count(count));
    let onchange = {
        let on_only_faulty = props.on_only_faulty.clone();
        move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                on_only_faulty.emit(input.checked());
            }
        }
    };
    let item = |finding: &Finding, test_id: &'static str| {
        let number = finding.entry;
        let go_to = props.on_go_to.reform(move |_| number);
        html! {
            <li
                data-test-id={test_id}
                data-rule={finding.rule.id()}
                data-severity={severity(finding.severity())}
                data-entry={number.to_string()}
            >
                { words(finding) }
                { " " }
                { source(finding.rule) }
                if number >= props.first {
                    <button type="button" class="button" data-kind="link" onclick={go_to}>
                        { fill(text.go_to, &(number + 1).to_string()) }
                    </button>
                }
            </li>
        }
    };
    html! {
        <div class="findings">
            <div class="head">
                <h2 data-test-id="check-count" data-count={count.to_string()}><span role="status">{ summary }</span></h2>
                <label class="check">
                    <input type="checkbox" checked={props.only_faulty} data-test-id="filter-faulty" {onchange} />
                    <span>{ text.only_faulty }</span>
                </label>
            </div>
            if count > 0 {
                <ul tabindex="0" aria-label={fill(text.findings, "")}>
                    { for props.findings.iter().rev().map(|finding| item(finding, "check-finding")) }
                    if props.unlisted > 0 {
                        <li>{ fill(text.further_findings, &props.unlisted.to_string()) }</li>
                    }
                </ul>
            }
            if !props.unfinished.is_empty() {
                <details>
                    <summary>{ text.unfinished }{ " (" }{ props.unfinished.len() }{ ")" }</summary>
                    <ul>{ for props.unfinished.iter().map(|finding| item(finding, "check-unfinished")) }</ul>
                </details>
            }
        </div>
    }
}

/// A finding in words: how grave, and what.
pub fn words(finding: &Finding) -> Html {
    let rules = &texts().rules;
    let tone = match finding.severity() {
        Severity::Error => "bad",
        Severity::Deprecated => "warn",
        Severity::Advice => "accent",
    };
    html! {
        <>
            <span class="badge" data-tone={tone}>{ rules.severity(finding.severity()) }</span>
            { " " }
            <span class="sentence">{ rules.sentence(finding) }</span>
        </>
    }
}

/// The rule, and who says so.
fn source(rule: Rule) -> Html {
    let text = &texts().inspector;
    let source = rule.source();
    html! {
        <small class="soft">
            <code title={text.rule}>{ rule.id() }</code>
            { " · " }
            if source.starts_with("https://") {
                <a href={source} target="_blank" rel="noopener noreferrer">{ text.source }</a>
            } else {
                <span title={text.source}>{ source }</span>
            }
        </small>
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Deprecated => "deprecated",
        Severity::Advice => "advice",
    }
}
