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
    /// The number of findings that are not listed.
    pub unlisted: u64,
    /// The additional findings if no more messages come.
    pub unfinished: Vec<Finding>,
    /// The number of the oldest message.
    pub first: u64,
    /// Shows the message with this number.
    pub on_go_to: Callback<u64>,
    /// Whether only messages with findings are shown.
    pub only_with_findings: bool,
    pub on_only_with_findings: Callback<bool>,
}

/// The findings, newest first.
#[component]
pub fn Findings(props: &Props) -> Html {
    let text = &texts().inspector;
    let count = props.findings.len() as u64 + props.unlisted;
    let summary = fill(text.findings, &text.count(count));
    let onchange = {
        let on_only_with_findings = props.on_only_with_findings.clone();
        move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                on_only_with_findings.emit(input.checked());
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
                    <input type="checkbox" checked={props.only_with_findings} data-test-id="filter-findings" {onchange} />
                    <span>{ text.only_with_findings }</span>
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

/// The severity and text of a finding.
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

/// The rule and its source.
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
