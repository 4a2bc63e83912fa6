use crate::check::{Finding, Rule, Severity};

texts! {
    /// What each rule reports. `{type}` is the message type, `{field}` and `{value}` the field and its value, `{call}` the app's call id.
    pub struct Rules {
        error: "Error", "Erreur";
        deprecated: "Deprecated", "Obsolète";
        advice: "Advice", "Conseil";

        not_a_message: "This is not an object with a type: HubSpot ignores it.", "Ce n’est pas un objet avec un type : HubSpot l’ignore.";
        unreadable: "This message is nested too deeply, contains itself or is too large to be read.", "Ce message est trop imbriqué, se contient lui-même ou est trop volumineux pour être lu.";
        other_origin: "{type} was sent from another origin than that of the widget’s address: HubSpot does not read it. Was the widget redirected?", "{type} provient d’une autre origine que l’adresse du widget : HubSpot ne le lit pas. Le widget a-t-il été redirigé ?";
        message_id_missing: "{type} has no messageId: HubSpot ignores it.", "{type} n’a pas de messageId : HubSpot l’ignore.";
        message_id_twice: "The messageId {value} was used before: every message needs its own.", "Le messageId {value} a déjà servi : chaque message doit avoir le sien.";
        message_id_of_host: "The messageId {value} has the prefix of HubSpot’s own: HubSpot treats the message as an answer and ignores it.", "Le messageId {value} porte le préfixe de ceux de HubSpot : HubSpot prend le message pour une réponse et l’ignore.";
        unknown_type: "{type} is not a message that a widget can send to HubSpot.", "{type} n’est pas un message qu’un widget peut envoyer à HubSpot.";
        misplaced: "{type} is part of the handshake and is sent by HubSpot or the SDK, not by the widget.", "{type} fait partie de la négociation : il est envoyé par HubSpot ou par le SDK, pas par le widget.";

        sync_unanswered: "SYNC was not answered within 30 s: HubSpot stops trying.", "SYNC est resté sans réponse pendant 30 s : HubSpot abandonne.";
        sync_ack_twice: "SYNC was answered before: HubSpot treats every answer as a newly loaded widget.", "SYNC a déjà reçu une réponse : HubSpot considère chaque réponse comme un widget qui vient de se charger.";
        sync_ack_stray: "SYNC_ACK has the messageId {value}, but no SYNC has it.", "SYNC_ACK porte le messageId {value}, mais aucun SYNC ne le porte.";
        sync_ack_incomplete: "SYNC_ACK must repeat every field of SYNC and add version and iFrameUrl: {field} is missing or different.", "SYNC_ACK doit reprendre tous les champs de SYNC et ajouter version et iFrameUrl : {field} manque ou diffère.";
        sync_ack_address: "iFrameUrl is {value}, which is not the widget’s address: HubSpot would send its messages there.", "iFrameUrl vaut {value}, qui n’est pas l’adresse du widget : HubSpot y enverrait ses messages.";
        before_ready: "{type} was sent before the handshake was complete: HubSpot does not receive it. Wait for onReady.", "{type} a été envoyé avant la fin de la négociation : HubSpot ne le reçoit pas. Attendez onReady.";
        before_initialized: "{type} was sent before INITIALIZED, which informs HubSpot that the widget is ready.", "{type} a été envoyé avant INITIALIZED, qui informe HubSpot que le widget est prêt.";
        never_initialized: "The widget completed the handshake but never sent INITIALIZED: HubSpot keeps waiting for it.", "Le widget a terminé la négociation mais n’a jamais envoyé INITIALIZED : HubSpot l’attend toujours.";

        missing_field: "{type} has no {field}, which is required.", "{type} n’a pas de champ {field}, qui est obligatoire.";
        mistyped_field: "{field} of {type} has the wrong type: {value}.", "{field} de {type} n’a pas le bon type : {value}.";
        unknown_value: "{value} is not a valid value for {field}.", "{value} n’est pas une valeur valide pour {field}.";
        field_outside_data: "{field} must be inside data, not beside it: HubSpot does not read it there.", "{field} doit se trouver dans data, et non à côté : HubSpot ne l’y lit pas.";
        call_not_named: "{type} does not name its call: externalCallId is required, although older documentation omits it.", "{type} ne désigne pas son appel : externalCallId est obligatoire, même si d’anciennes documentations l’omettent.";
        deprecated_type: "{type} is deprecated: use FINALIZE_ENGAGEMENT.", "{type} est obsolète : utilisez FINALIZE_ENGAGEMENT.";
        deprecated_field: "{field} is deprecated: use toNumber.", "{field} est obsolète : utilisez toNumber.";
        time_not_milliseconds: "{field} is {value}, which is not a time in milliseconds since 1970.", "{field} vaut {value}, qui n’est pas une date en millisecondes depuis 1970.";
        size_not_positive: "{field} is {value}: a size must be greater than zero.", "{field} vaut {value} : une taille doit être supérieure à zéro.";
        address_not_http: "{field} is {value}, which is not a complete URL with https:// or http://.", "{field} vaut {value}, qui n’est pas une URL complète en https:// ou http://.";
        type_not_understood: "The widget answers that it does not know {value}: its SDK is older than this message.", "Le widget répond qu’il ne connaît pas {value} : son SDK est plus ancien que ce message.";

        internal_status: "{field} is {value}, which is the name of a constant. Send the value without INTERNAL_.", "{field} vaut {value}, qui est le nom d’une constante. Envoyez la valeur sans INTERNAL_.";
        end_status_in_properties: "{value} is an end status, not an hs_call_status: send CANCELED for REJECTED and NO_ANSWER for MISSED.", "{value} est un statut de fin, pas un hs_call_status : envoyez CANCELED pour REJECTED et NO_ANSWER pour MISSED.";
        contradiction: "{field} is {value}, which contradicts earlier messages about this call.", "{field} vaut {value}, ce qui contredit les messages précédents sur cet appel.";
        property_not_text: "{field} is {value}: all engagement properties must be strings.", "{field} vaut {value} : toutes les propriétés d’un engagement doivent être des chaînes de caractères.";
        timestamp_missing: "The engagement properties have no hs_timestamp, which sets the call’s position on the timeline.", "Les propriétés de l’engagement n’ont pas de hs_timestamp, qui détermine la position de l’appel dans l’historique.";
        recording_url_retired: "Since September 2024 HubSpot no longer uses hs_call_recording_url for recordings and transcripts.", "Depuis septembre 2024, HubSpot n’utilise plus hs_call_recording_url pour les enregistrements et les transcriptions.";
        engagement_of_other: "The engagement {value} is not the one that HubSpot created for this call.", "L’engagement {value} n’est pas celui que HubSpot a créé pour cet appel.";

        started_twice: "The call {call} was started before: every call needs its own externalCallId.", "L’appel {call} a déjà commencé : chaque appel doit avoir son propre externalCallId.";
        not_started: "{type} refers to the call {call}, which was never started.", "{type} concerne l’appel {call}, qui n’a jamais commencé.";
        answered_twice: "The call {call} was answered before.", "L’appel {call} a déjà été pris.";
        ended_twice: "The call {call} ended before.", "L’appel {call} était déjà terminé.";
        completed_twice: "The call {call} was completed before.", "L’appel {call} était déjà clôturé.";
        after_end: "{type} was sent after the end of the call {call}.", "{type} a été envoyé après la fin de l’appel {call}.";
        completed_before_end: "The call {call} was completed before it ended: until CALL_ENDED HubSpot does not let the user leave the page.", "L’appel {call} a été clôturé avant d’être terminé : jusqu’à CALL_ENDED, HubSpot empêche l’utilisateur de quitter la page.";
        never_ended: "The call {call} has not ended: until CALL_ENDED HubSpot does not let the user leave the page.", "L’appel {call} n’est pas terminé : jusqu’à CALL_ENDED, HubSpot empêche l’utilisateur de quitter la page.";
        never_completed: "The call {call} ended but was never completed: without CALL_COMPLETED it stays on the timeline as a ghost call.", "L’appel {call} est terminé mais n’a jamais été clôturé : sans CALL_COMPLETED, il reste dans l’historique comme appel fantôme.";

        context_changed: "dialingContext is not the payload of a DIAL_NUMBER: send it back unchanged.", "dialingContext n’est pas le contenu d’un DIAL_NUMBER : renvoyez-le sans le modifier.";
        context_misplaced: "dialingContext belongs to another number or was used before: send it once, for the last number that was clicked, and never for a typed number.", "dialingContext appartient à un autre numéro ou a déjà servi : envoyez-le une seule fois, pour le dernier numéro cliqué, et jamais pour un numéro saisi.";
        context_missing: "The number was clicked on a ticket or a custom object: without dialingContext HubSpot cannot associate the call with it.", "Le numéro a été cliqué sur un ticket ou un objet personnalisé : sans dialingContext, HubSpot ne peut pas y associer l’appel.";

        unnamed: "(no id)", "(sans identifiant)";
    }
}

impl Rules {
    /// The text of a finding.
    pub fn sentence(&self, finding: &Finding) -> String {
        let value = |value: &Option<String>| value.clone().unwrap_or_default();
        self.template(finding.rule)
            .replace("{type}", &finding.kind)
            .replace("{field}", &value(&finding.field))
            .replace("{call}", finding.call.as_deref().unwrap_or(self.unnamed))
            .replace("{value}", &value(&finding.value))
    }

    /// The name of a severity.
    pub fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.error,
            Severity::Deprecated => self.deprecated,
            Severity::Advice => self.advice,
        }
    }

    fn template(&self, rule: Rule) -> &'static str {
        match rule {
            Rule::NotAMessage => self.not_a_message,
            Rule::Unreadable => self.unreadable,
            Rule::OtherOrigin => self.other_origin,
            Rule::MessageIdMissing => self.message_id_missing,
            Rule::MessageIdTwice => self.message_id_twice,
            Rule::MessageIdOfHost => self.message_id_of_host,
            Rule::UnknownType => self.unknown_type,
            Rule::Misplaced => self.misplaced,
            Rule::SyncUnanswered => self.sync_unanswered,
            Rule::SyncAckTwice => self.sync_ack_twice,
            Rule::SyncAckStray => self.sync_ack_stray,
            Rule::SyncAckIncomplete => self.sync_ack_incomplete,
            Rule::SyncAckAddress => self.sync_ack_address,
            Rule::BeforeReady => self.before_ready,
            Rule::BeforeInitialized => self.before_initialized,
            Rule::NeverInitialized => self.never_initialized,
            Rule::MissingField => self.missing_field,
            Rule::MistypedField => self.mistyped_field,
            Rule::UnknownValue => self.unknown_value,
            Rule::FieldOutsideData => self.field_outside_data,
            Rule::CallNotNamed => self.call_not_named,
            Rule::DeprecatedType => self.deprecated_type,
            Rule::DeprecatedField => self.deprecated_field,
            Rule::TimeNotMilliseconds => self.time_not_milliseconds,
            Rule::SizeNotPositive => self.size_not_positive,
            Rule::AddressNotHttp => self.address_not_http,
            Rule::TypeNotUnderstood => self.type_not_understood,
            Rule::InternalStatus => self.internal_status,
            Rule::EndStatusInProperties => self.end_status_in_properties,
            Rule::Contradiction => self.contradiction,
            Rule::PropertyNotText => self.property_not_text,
            Rule::TimestampMissing => self.timestamp_missing,
            Rule::RecordingUrlRetired => self.recording_url_retired,
            Rule::EngagementOfOther => self.engagement_of_other,
            Rule::StartedTwice => self.started_twice,
            Rule::NotStarted => self.not_started,
            Rule::AnsweredTwice => self.answered_twice,
            Rule::EndedTwice => self.ended_twice,
            Rule::CompletedTwice => self.completed_twice,
            Rule::AfterEnd => self.after_end,
            Rule::CompletedBeforeEnd => self.completed_before_end,
            Rule::NeverEnded => self.never_ended,
            Rule::NeverCompleted => self.never_completed,
            Rule::ContextChanged => self.context_changed,
            Rule::ContextMisplaced => self.context_misplaced,
            Rule::ContextMissing => self.context_missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_uses_the_same_values_in_both_languages() {
        for [name, english, french] in Rules::ALL {
            for value in ["{type}", "{field}", "{value}", "{call}"] {
                assert_eq!(english.matches(value).count(), french.matches(value).count(), "{name}: {value}");
            }
        }
    }

    #[test]
    fn every_rule_has_its_own_text() {
        for table in [Rules::ENGLISH, Rules::FRENCH] {
            for (index, rule) in Rule::ALL.iter().enumerate() {
                let text = table.template(*rule);
                assert!(!Rule::ALL[..index].iter().any(|other| table.template(*other) == text), "{rule:?}");
            }
        }
    }

    /// `crates/simulator/CHECK.md` lists the rules for people who write scenarios or fix a widget.
    #[test]
    fn the_list_of_rules_is_up_to_date() {
        let row = |rule: &Rule| {
            let source = rule.source();
            let source =
                if source.starts_with("https://") { format!("[documentation]({source})") } else { source.into() };
            let sentence = Rules::ENGLISH.template(*rule);
            format!("| `{}` | {} | {sentence} | {source} |\n", rule.id(), Rules::ENGLISH.severity(rule.severity()))
        };
        let rows: String = Rule::ALL.iter().map(row).collect();
        let written = include_str!("../../CHECK.md");
        assert!(written.ends_with(&format!("|---|---|---|---|\n{rows}")), "CHECK.md must end with:\n{rows}");
    }

    #[test]
    fn values_replace_their_placeholders() {
        let finding: Finding =
            serde_json::from_str(r#"{"entry": 3, "rule": "not-started", "kind": "CALL_ENDED", "call": "c-{type}-1"}"#)
                .unwrap();
        assert_eq!(
            Rules::ENGLISH.sentence(&finding),
            "CALL_ENDED refers to the call c-{type}-1, which was never started."
        );
        let unnamed = Finding { call: None, rule: Rule::EndedTwice, ..finding };
        assert_eq!(Rules::FRENCH.sentence(&unnamed), "L’appel (sans identifiant) était déjà terminé.");
    }
}
