use crate::check::{Finding, Rule, Severity};

texts! {
    /// What is wrong, in words: `{type}` is the message, `{field}` and `{value}` what stands in it, `{call}` the app's own id of the call.
    pub struct Rules {
        error: "Error", "Erreur";
        deprecated: "Deprecated", "Obsolète";
        advice: "Advice", "Conseil";

        not_a_message: "This is not an object with a type: HubSpot passes over it.", "Ce n’est pas un objet avec un type : HubSpot n’en tient pas compte.";
        unreadable: "This message nests too deep, refers to itself or is too large to be read.", "Ce message est trop imbriqué, se contient lui-même ou est trop grand pour être lu.";
        other_origin: "{type} comes from another origin than the widget’s address: HubSpot does not read it. Has the widget been redirected?", "{type} vient d’une autre origine que l’adresse du widget : HubSpot ne le lit pas. Le widget a-t-il été redirigé ?";
        message_id_missing: "{type} has no messageId: HubSpot drops it.", "{type} n’a pas de messageId : HubSpot l’ignore.";
        message_id_twice: "The messageId {value} was used before: each message needs one of its own.", "Le messageId {value} a déjà servi : chaque message doit avoir le sien.";
        message_id_of_host: "The messageId {value} is made like HubSpot’s own: HubSpot takes the message for an answer and drops it.", "Le messageId {value} est formé comme ceux de HubSpot : HubSpot prend le message pour une réponse et l’ignore.";
        unknown_type: "HubSpot knows no message {type} from a widget.", "HubSpot ne connaît pas de message {type} venant d’un widget.";
        misplaced: "{type} belongs to the handshake and is not the widget’s to send.", "{type} appartient à l’établissement de la liaison : ce n’est pas au widget de l’envoyer.";

        sync_unanswered: "SYNC was not answered within 30 s: HubSpot gives the widget up.", "SYNC est resté sans réponse pendant 30 s : HubSpot renonce au widget.";
        sync_ack_twice: "SYNC was answered before: HubSpot takes each answer for a widget that has just come.", "SYNC a déjà reçu sa réponse : HubSpot prend chaque réponse pour un widget qui vient d’arriver.";
        sync_ack_stray: "SYNC_ACK carries the messageId {value}, which is that of no SYNC.", "SYNC_ACK porte le messageId {value}, qui n’est celui d’aucun SYNC.";
        sync_ack_incomplete: "SYNC_ACK echoes every field of the SYNC and adds version and iFrameUrl: {field} is missing or changed.", "SYNC_ACK reprend tous les champs du SYNC et ajoute version et iFrameUrl : {field} manque ou a changé.";
        sync_ack_address: "iFrameUrl says {value}, and that is not where the widget is: HubSpot would send its messages there.", "iFrameUrl indique {value}, où le widget n’est pas : HubSpot y enverrait ses messages.";
        before_ready: "{type} was sent before the handshake was done: HubSpot does not hear it. Wait for onReady.", "{type} a été envoyé avant la fin de l’établissement de la liaison : HubSpot ne l’entend pas. Attendez onReady.";
        before_initialized: "{type} was sent before INITIALIZED, which tells HubSpot that the phone can be used.", "{type} a été envoyé avant INITIALIZED, qui annonce à HubSpot que le téléphone est utilisable.";
        never_initialized: "The widget has shaken hands and never said INITIALIZED: HubSpot goes on waiting for the phone.", "La liaison est établie, mais le widget n’a jamais envoyé INITIALIZED : HubSpot attend toujours le téléphone.";

        missing_field: "{type} lacks {field}, which is required.", "Il manque {field} dans {type} : ce champ est obligatoire.";
        mistyped_field: "{field} of {type} is of the wrong kind: {value}.", "{field} de {type} n’a pas le bon type : {value}.";
        unknown_value: "{field} cannot be {value}.", "{field} ne peut pas valoir {value}.";
        field_outside_data: "{field} stands beside data and belongs into it: HubSpot does not look for it there.", "{field} est à côté de data et doit être dedans : HubSpot ne le cherche pas là.";
        call_not_named: "{type} does not name its call: externalCallId is required today, though older pages of the documentation leave it out.", "{type} ne dit pas de quel appel il s’agit : externalCallId est désormais obligatoire, même si d’anciennes pages de la documentation l’omettent.";
        deprecated_type: "{type} is deprecated: send FINALIZE_ENGAGEMENT.", "{type} est obsolète : envoyez FINALIZE_ENGAGEMENT.";
        deprecated_field: "{field} is deprecated: say toNumber.", "{field} est obsolète : utilisez toNumber.";
        time_not_milliseconds: "{field} is {value}: that is no time in milliseconds since 1970.", "{field} vaut {value} : ce n’est pas une date en millisecondes depuis 1970.";
        size_not_positive: "{field} is {value}: a size is more than nothing.", "{field} vaut {value} : une taille est supérieure à zéro.";
        address_not_http: "{field} is {value}: that is no whole address with https:// or http://.", "{field} vaut {value} : ce n’est pas une adresse complète en https:// ou http://.";
        type_not_understood: "The widget answers that it does not know {value}: its SDK is older than this message.", "Le widget répond qu’il ne connaît pas {value} : son SDK est plus ancien que ce message.";

        internal_status: "{field} says {value}: that is the name of a constant. Send the plain word, without INTERNAL_.", "{field} vaut {value} : c’est le nom d’une constante. Envoyez le mot seul, sans INTERNAL_.";
        end_status_in_properties: "{value} says how a call ended and is no hs_call_status: send CANCELED for REJECTED and NO_ANSWER for MISSED.", "{value} dit comment un appel s’est terminé et n’est pas un hs_call_status : envoyez CANCELED pour REJECTED et NO_ANSWER pour MISSED.";
        contradiction: "{field} says {value}, and that does not fit what was said of this call before.", "{field} vaut {value}, ce qui ne correspond pas à ce qui a été dit de cet appel.";
        property_not_text: "{field} is {value}: all engagement properties are text.", "{field} vaut {value} : toutes les propriétés d’un engagement sont du texte.";
        timestamp_missing: "The engagement properties lack hs_timestamp, which gives the call its place on the timeline.", "Il manque hs_timestamp dans les propriétés de l’engagement : c’est lui qui place l’appel dans l’historique.";
        recording_url_retired: "hs_call_recording_url has been retired for recordings and transcripts since September 2024.", "hs_call_recording_url n’est plus pris en compte pour les enregistrements et les transcriptions depuis septembre 2024.";
        engagement_of_other: "The engagement {value} is not the one that HubSpot has made for this call.", "L’engagement {value} n’est pas celui que HubSpot a créé pour cet appel.";

        started_twice: "The call {call} has been started before: each call needs an externalCallId of its own.", "L’appel {call} a déjà commencé : chaque appel doit avoir son propre externalCallId.";
        not_started: "{type} is about the call {call}, which was never started.", "{type} concerne l’appel {call}, qui n’a jamais commencé.";
        answered_twice: "The call {call} has been answered before.", "L’appel {call} a déjà reçu une réponse.";
        ended_twice: "The call {call} has ended before.", "L’appel {call} est déjà terminé.";
        completed_twice: "The call {call} has been completed before.", "L’appel {call} a déjà été clos.";
        after_end: "{type} comes after the end of the call {call}.", "{type} arrive après la fin de l’appel {call}.";
        completed_before_end: "The call {call} is completed and has not ended: until CALL_ENDED HubSpot keeps the user on the page.", "L’appel {call} est clos sans être terminé : jusqu’à CALL_ENDED, HubSpot retient l’utilisateur sur la page.";
        never_ended: "The call {call} has not ended: until CALL_ENDED HubSpot keeps the user on the page.", "L’appel {call} n’est pas terminé : jusqu’à CALL_ENDED, HubSpot retient l’utilisateur sur la page.";
        never_completed: "The call {call} has ended and was never completed: without CALL_COMPLETED it stays on the timeline as a ghost.", "L’appel {call} est terminé et n’a jamais été clos : sans CALL_COMPLETED, il reste dans l’historique comme un fantôme.";

        context_changed: "dialingContext is not the payload of a DIAL_NUMBER: hand it back as it came.", "dialingContext n’est pas le contenu d’un DIAL_NUMBER : rendez-le tel qu’il est venu.";
        context_misplaced: "dialingContext belongs to another number or was used before: send it once, for the number that was clicked last, and never for a typed one.", "dialingContext appartient à un autre numéro ou a déjà servi : envoyez-le une fois, pour le dernier numéro cliqué, jamais pour un numéro saisi.";
        context_missing: "The number was clicked on a ticket or a custom object: without dialingContext HubSpot cannot put the call there.", "Le numéro vient d’un ticket ou d’un objet personnalisé : sans dialingContext, HubSpot ne peut pas y rattacher l’appel.";

        unnamed: "(not named)", "(sans nom)";
    }
}

impl Rules {
    /// What a finding says.
    pub fn sentence(&self, finding: &Finding) -> String {
        let value = |value: &Option<String>| value.clone().unwrap_or_default();
        self.template(finding.rule)
            .replace("{type}", &finding.kind)
            .replace("{field}", &value(&finding.field))
            .replace("{call}", finding.call.as_deref().unwrap_or(self.unnamed))
            .replace("{value}", &value(&finding.value))
    }

    /// How grave it is, in a word.
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
    fn a_sentence_takes_the_same_values_in_both_languages() {
        for [name, english, french] in Rules::ALL {
            for value in ["{type}", "{field}", "{value}", "{call}"] {
                assert_eq!(english.matches(value).count(), french.matches(value).count(), "{name}: {value}");
            }
        }
    }

    #[test]
    fn every_rule_has_a_sentence_of_its_own() {
        for table in [Rules::ENGLISH, Rules::FRENCH] {
            for (place, rule) in Rule::ALL.iter().enumerate() {
                let said = table.template(*rule);
                assert!(!Rule::ALL[..place].iter().any(|other| table.template(*other) == said), "{rule:?}");
            }
        }
    }

    /// `crates/simulator/CHECK.md` is for people who write scenarios, or whose widget was found fault with.
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
        assert!(written.ends_with(&format!("|---|---|---|---|\n{rows}")), "CHECK.md is to end with:\n{rows}");
    }

    #[test]
    fn values_go_where_they_belong() {
        let finding: Finding =
            serde_json::from_str(r#"{"entry": 3, "rule": "not-started", "kind": "CALL_ENDED", "call": "c-{type}-1"}"#)
                .unwrap();
        assert_eq!(
            Rules::ENGLISH.sentence(&finding),
            "CALL_ENDED is about the call c-{type}-1, which was never started."
        );
        let unnamed = Finding { call: None, rule: Rule::EndedTwice, ..finding };
        assert_eq!(Rules::FRENCH.sentence(&unnamed), "L’appel (sans nom) est déjà terminé.");
    }
}
