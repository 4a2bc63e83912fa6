//! The comparison.

use crate::{
    ours::{self, Counterpart},
    package::{MESSAGE_TYPES, Package},
    report::{Finding, Report},
    typescript::{Field, Type},
};
use calling_extensions::{
    codec::FieldInfo,
    message::{GuestMessage, HostMessage, Message},
    session::PROTOCOL_VERSION,
};
use std::collections::{BTreeMap, BTreeSet};

/// Compares a version of the package with the crate.
pub fn compare(package: &Package) -> Report {
    let mut comparison = Comparison { package, missing: BTreeSet::new(), gone: BTreeSet::new() };
    comparison.messages();
    comparison.handlers();
    comparison.constants();
    if !package.types.is_empty() {
        comparison.types();
    }
    if !package.methods.is_empty() {
        comparison.methods();
    }
    let (mut missing, mut gone, mut wanted) = (vec![], vec![], vec![]);
    for (findings, kept) in [(comparison.missing, &mut missing), (comparison.gone, &mut gone)] {
        for finding in findings {
            match ours::WANTED.iter().find(|(what, _)| *what == finding.what) {
                Some((_, why)) => wanted.push(Finding { what: finding.what, how: (*why).to_owned() }),
                None => kept.push(finding),
            }
        }
    }
    Report {
        version: package.version.clone(),
        crate_speaks: PROTOCOL_VERSION,
        missing,
        gone,
        wanted,
        unread: package.unread.clone(),
    }
}

struct Comparison<'a> {
    package: &'a Package,
    missing: BTreeSet<Finding>,
    gone: BTreeSet<Finding>,
}

impl Comparison<'_> {
    fn missing(&mut self, what: String, how: impl Into<String>) {
        self.missing.insert(Finding { what, how: how.into() });
    }

    fn gone(&mut self, what: String, how: impl Into<String>) {
        self.gone.insert(Finding { what, how: how.into() });
    }

    fn constant(&self, name: &str) -> BTreeMap<String, String> {
        self.package.constants.get(name).cloned().unwrap_or_default()
    }

    fn messages(&mut self) {
        let to_hubspot = self.constant("thirdPartyToHostEvents");
        let types = self.constant(MESSAGE_TYPES);
        for (key, value) in types.iter().chain(&to_hubspot) {
            let is_to_hubspot = to_hubspot.contains_key(key);
            let known = if is_to_hubspot { GuestMessage::KINDS.contains(&value.as_str()) } else { is_known(value) };
            if known {
                continue;
            }
            if key != value && is_known(key) {
                self.missing(format!("message {key}"), format!("its type is now {value:?}"));
            } else if is_known(value) {
                self.missing(format!("message {value}"), "is now one from the widget to HubSpot");
            } else {
                let way = if is_to_hubspot { "from the widget to HubSpot" } else { "" };
                self.missing(format!("message {value}"), way);
            }
        }
        for kind in GuestMessage::KINDS.iter().chain(HostMessage::KINDS).chain(ours::HANDSHAKE) {
            if !types.values().any(|value| value == kind) {
                self.gone(format!("message {kind}"), "");
            }
        }
    }

    /// The types for which the package has a handler are those that HubSpot sends.
    fn handlers(&mut self) {
        let handlers = self.package.computed.get("messageHandlerNames").cloned().unwrap_or_default();
        let types = self.constant(MESSAGE_TYPES);
        for (key, handler) in &handlers {
            let kind = types.get(key).unwrap_or(key);
            if kind != "READY" && !HostMessage::KINDS.contains(&kind.as_str()) {
                self.missing(format!("handler {handler}"), format!("for {kind} from HubSpot"));
            }
        }
    }

    fn constants(&mut self) {
        let names: Vec<_> = self.package.constants.keys().cloned().collect();
        for name in names {
            if !ours::CONSTANTS.iter().any(|(known, _)| *known == name) {
                let entries: Vec<_> =
                    self.constant(&name).into_iter().map(|(key, value)| format!("{key}: {value:?}")).collect();
                self.missing(format!("constant {name}"), format!("nobody has looked at it: {}", entries.join(", ")));
            }
        }
        let rows = [
            ("errorType", ours::ERROR_TYPES.to_vec()),
            ("callEndStatus", ours::texts("EndStatus").unwrap_or_default()),
            ("callerIdTypes", ours::texts("CallerIdType").unwrap_or_default()),
        ];
        for (constant, known) in rows {
            for (key, value) in self.constant(constant) {
                if !known.contains(&value.as_str()) {
                    self.missing(format!("constant {constant}.{key}"), format!("is {value:?}"));
                }
            }
        }
    }

    fn types(&mut self) {
        for (name, declared) in &self.package.types {
            match (ours::counterpart(name), declared) {
                (None, _) => {
                    self.missing(format!("type {name}"), format!("nobody has looked at it: {}", in_words(declared)))
                }
                (Some(Counterpart::NotNeeded), _) => {}
                (Some(Counterpart::Texts(rust_name)), Type::Union(parts)) => {
                    self.texts(&format!("type {name}"), rust_name, parts)
                }
                (Some(Counterpart::Payload { fields, .. }), Type::Object(declared)) => {
                    self.fields(name, declared, fields)
                }
                (Some(_), declared) => self.missing(format!("type {name}"), format!("is now {}", in_words(declared))),
            }
        }
        for name in ours::types() {
            match (self.package.types.get(name), ours::counterpart(name)) {
                (None, _) => self.gone(format!("type {name}"), ""),
                (Some(_), Some(Counterpart::Payload { rust_name, fields })) => {
                    self.gone_fields(name, rust_name, fields)
                }
                _ => {}
            }
        }
    }

    fn fields(&mut self, name: &str, declared: &[Field], fields: &[FieldInfo]) {
        for field in declared {
            let what = format!("field {name}.{}", field.name);
            match fields.iter().find(|known| known.names.contains(&field.name.as_str())) {
                None => self.missing(what, field.parts.join(" | ")),
                Some(known) => self.field(&what, bare(known.rust_type), &field.parts),
            }
        }
    }

    /// Compares the type of a field.
    fn field(&mut self, what: &str, rust_type: &str, parts: &[String]) {
        let has_texts = parts.iter().any(|part| part.starts_with('"'));
        if has_texts && ours::texts(rust_type).is_some() {
            return self.texts_within(what, rust_type, parts);
        }
        for part in parts.iter().filter(|part| !fits(rust_type, part)) {
            self.missing(what.to_owned(), format!("is now {part}, which a {rust_type} cannot hold"));
        }
    }

    /// Compares the texts that something can have with those of an enum of the crate.
    fn texts(&mut self, what: &str, rust_name: &str, parts: &[String]) {
        self.texts_within(what, rust_name, parts);
        for text in ours::texts(rust_name).unwrap_or_default() {
            if !parts.iter().any(|part| part.trim_matches('"') == text) {
                self.gone(format!("{what} {text:?}"), "");
            }
        }
    }

    /// As [`Comparison::texts`], where not all texts need to be there.
    fn texts_within(&mut self, what: &str, rust_name: &str, parts: &[String]) {
        let known = ours::texts(rust_name).unwrap_or_default();
        for part in parts {
            if !known.contains(&part.trim_matches('"')) {
                self.missing(format!("{what} {part}"), format!("is not in {rust_name}"));
            }
        }
    }

    /// Fields that the crate has and no type with the same counterpart.
    fn gone_fields(&mut self, name: &str, rust_name: &str, fields: &[FieldInfo]) {
        for known in fields {
            let is_there = ours::types_of(rust_name).any(|name| match self.package.types.get(name) {
                Some(Type::Object(declared)) => declared.iter().any(|field| known.names.contains(&field.name.as_str())),
                _ => false,
            });
            if let (false, Some(field)) = (is_there, known.names.first()) {
                self.gone(format!("field {name}.{field}"), "");
            }
        }
    }

    fn methods(&mut self) {
        for method in &self.package.methods {
            if !ours::METHODS.iter().any(|(known, _)| *known == method.name) {
                self.missing(format!("method {}", method.name), format!("({})", method.parameters));
            }
        }
        for (name, sends) in ours::METHODS {
            if !self.package.methods.iter().any(|method| method.name == *name) {
                self.gone(format!("method {name}"), sends.map(|kind| format!("sends {kind}")).unwrap_or_default());
            }
        }
    }
}

fn is_known(kind: &str) -> bool {
    [GuestMessage::KINDS, HostMessage::KINDS, ours::HANDSHAKE].iter().any(|kinds| kinds.contains(&kind))
}

/// The type without `Option`, as any field may be absent.
fn bare(rust_type: &str) -> &str {
    rust_type.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>')).unwrap_or(rust_type)
}

/// Whether a field of the crate can hold what the package declares. Texts are read from numbers and numbers from texts, but what is
/// sent has one form.
fn fits(rust_type: &str, part: &str) -> bool {
    match (rust_type, part) {
        ("Value", _) | (_, "any" | "unknown") => true,
        ("String", part) => matches!(part, "string" | "number") || part.starts_with('"'),
        ("f64" | "Ms", part) => part == "number",
        ("bool", part) => part == "boolean",
        ("Id", part) => matches!(part, "number" | "string"),
        // An enum of the crate keeps a text that it does not know.
        (rust_type, "string") => ours::texts(rust_type).is_some(),
        // A payload or a list, whose type is compared by itself.
        (_, part) => !matches!(part, "number" | "boolean"),
    }
}

fn in_words(declared: &Type) -> String {
    match declared {
        Type::Union(parts) => parts.join(" | "),
        Type::Object(fields) => {
            let fields: Vec<_> =
                fields.iter().map(|field| format!("{}: {}", field.name, field.parts.join(" | "))).collect();
            format!("{{{}}}", fields.join("; "))
        }
    }
}
