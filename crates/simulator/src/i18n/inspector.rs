use crate::transcript::LOST;
use calling_extensions::{codec::Unreadable, session::Ignored};

texts! {
    /// The list of messages and the findings of the protocol check.
    pub struct Inspector {
        pause: "Pause", "Pause";
        clear: "Clear", "Effacer";
        export: "Export", "Exporter";
        import: "Import…", "Importer…";
        tools: "Message tools", "Outils des messages";

        filter: "Filter", "Filtrer";
        direction: "Direction", "Sens";
        both_directions: "Both directions", "Les deux sens";
        to_widget: "to the widget", "vers le widget";
        from_widget: "from the widget", "du widget";
        kind: "Type", "Type";
        frame: "Frame", "Cadre";
        all_frames: "All frames", "Tous les cadres";
        search: "Search messages", "Rechercher dans les messages";
        only_with_findings: "Only with findings", "Seulement avec remarques";

        messages: "Messages, newest first", "Messages, du plus récent au plus ancien";
        no_messages: "No messages yet. Open the widget: every message between HubSpot and the widget is listed here.", "Aucun message pour l’instant. Ouvrez le widget : tous les messages échangés entre HubSpot et le widget s’affichent ici.";
        no_matches: "No message matches the filter.", "Aucun message ne correspond au filtre.";
        waiting: "Paused: {} new", "En pause : {} nouveaux";
        older: "{} older messages are not shown", "{} messages plus anciens ne sont pas affichés";
        show_more: "Show more", "En afficher davantage";
        filtered: "{} hidden by the filter", "{} masqués par le filtre";
        dropped: "{} removed to limit the size of the list", "{} supprimés pour limiter la taille de la liste";
        latency: "answered after {} ms", "réponse après {} ms";
        ignored: "Ignored: {}", "Ignoré : {}";
        not_read: "This message could not be read.", "Ce message n’a pas pu être lu.";
        no_type: "(no type)", "(sans type)";
        copy: "Copy", "Copier";
        copied: "Copied", "Copié";
        not_copied: "The browser does not allow this page to copy.", "Le navigateur n’autorise pas cette page à copier.";

        findings: "Protocol check: {}", "Vérification du protocole : {}";
        no_findings: "no findings", "aucune remarque";
        one_finding: "1 finding", "1 remarque";
        many_findings: "{} findings", "{} remarques";
        further_findings: "{} more findings are not listed.", "{} autres remarques ne sont pas affichées.";
        unfinished: "Findings if the session ends now", "Remarques si la session se termine maintenant";
        go_to: "Message {}", "Message {}";
        rule: "Rule", "Règle";
        source: "Source", "Source";

        why_no_session: "the session has ended", "la session est terminée";
        why_other_window: "it was sent by another window than the widget’s", "il provient d’une autre fenêtre que celle du widget";
        why_other_origin: "its origin is not that of the widget’s address", "son origine n’est pas celle de l’adresse du widget";
        why_not_a_message: "it has no type or no messageId", "il n’a pas de type ou pas de messageId";
        why_too_deep: "it is nested too deeply or contains itself", "il est trop imbriqué ou se contient lui-même";
        why_too_large: "it is too large", "il est trop volumineux";
        why_foreign_address: "its iFrameUrl is invalid or has another origin than the widget", "son iFrameUrl est invalide ou n’a pas la même origine que le widget";
        why_duplicate_sync: "this SYNC has been answered already", "ce SYNC a déjà reçu une réponse";
        why_before_handshake: "the handshake is not complete yet", "la négociation n’est pas encore terminée";
        why_answers_own: "it answers a message that expects no answer", "il répond à un message qui n’attend pas de réponse";
        why_misplaced: "this handshake message is not expected here", "ce message de négociation n’est pas attendu ici";
        why_lost: "dropped by fault injection", "perdu à cause d’une panne simulée";

        recording: "Recording {}", "Enregistrement {}";
        close_recording: "Back to live messages", "Revenir aux messages en direct";
        not_imported: "{} was not imported: {}", "{} n’a pas été importé : {}";
        not_readable: "the browser cannot read the file", "le navigateur ne peut pas lire le fichier";

        replay: "Replay", "Rejouer";
        replay_hint: "Sends HubSpot’s messages from this list again, each at the same point of the conversation. The simulated HubSpot does not respond during a replay.", "Renvoie les messages de HubSpot de cette liste, chacun au même moment de la conversation. Le HubSpot simulé ne répond pas pendant la lecture.";
        speed: "Speed", "Vitesse";
        replay_now: "Replay to the widget", "Rejouer vers le widget";
        no_widget: "Open the widget first.", "Ouvrez d’abord le widget.";
        nothing_to_replay: "This list has no messages from HubSpot to replay.", "Cette liste ne contient aucun message de HubSpot à rejouer.";
        replaying: "Replaying: {} left", "Lecture : encore {}";
        awaiting: "Waiting for {} from the widget: perform this action there.", "En attente de {} de la part du widget : effectuez cette action dans le widget.";
        skip: "Skip the wait", "Ne pas attendre";
        stop: "Stop", "Arrêter";

        too_large: "the file is larger than {} MB", "le fichier dépasse {} Mo";
        not_json: "it is not JSON (line {}, column {})", "ce n’est pas du JSON (ligne {}, colonne {})";
        foreign: "it is not a recording from this simulator", "ce n’est pas un enregistrement de ce simulateur";
        too_new: "its format version is {}: use a newer version of the simulator", "son format est en version {} : utilisez une version plus récente du simulateur";
        broken_entry: "message {} is invalid ({})", "le message {} est invalide ({})";
    }
}

impl Inspector {
    /// Why a message was ignored, in this language. An unknown reason is returned unchanged.
    pub fn why_ignored<'a>(&self, why: &'a str) -> &'a str {
        let known: [(&str, &'static str); 12] = [
            (Ignored::NoSession.reason(), self.why_no_session),
            (Ignored::OtherWindow.reason(), self.why_other_window),
            (Ignored::OtherOrigin.reason(), self.why_other_origin),
            (Ignored::NotAMessage.reason(), self.why_not_a_message),
            (Ignored::Unreadable(Unreadable::TooDeep).reason(), self.why_too_deep),
            (Ignored::Unreadable(Unreadable::TooLarge).reason(), self.why_too_large),
            (Ignored::ForeignAddress.reason(), self.why_foreign_address),
            (Ignored::SyncAgain.reason(), self.why_duplicate_sync),
            (Ignored::BeforeHandshake.reason(), self.why_before_handshake),
            (Ignored::AnswersOwn.reason(), self.why_answers_own),
            (Ignored::Misplaced.reason(), self.why_misplaced),
            (LOST, self.why_lost),
        ];
        known.iter().find(|(reason, _)| *reason == why).map_or(why, |(_, text)| text)
    }

    /// Why a recording was not imported.
    pub fn import_error(&self, error: &crate::transcript::ImportError) -> String {
        use super::{fill, fill_all};
        use crate::transcript::{ImportError, MAX_BYTES};
        match error {
            ImportError::TooLarge => fill(self.too_large, &(MAX_BYTES >> 20).to_string()),
            ImportError::NotJson { line, column } => fill_all(self.not_json, &[&line.to_string(), &column.to_string()]),
            ImportError::Foreign => self.foreign.to_owned(),
            ImportError::TooNew(version) => fill(self.too_new, &version.to_string()),
            ImportError::BrokenEntry { number, why } => fill_all(self.broken_entry, &[&number.to_string(), why]),
        }
    }

    /// The number of findings as text.
    pub fn count(&self, count: u64) -> String {
        match count {
            0 => self.no_findings.to_owned(),
            1 => self.one_finding.to_owned(),
            many => super::fill(self.many_findings, &many.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_for_an_ignored_message_is_translated() {
        for (why, english, french) in [
            (
                Ignored::BeforeHandshake.reason(),
                "the handshake is not complete yet",
                "la négociation n’est pas encore terminée",
            ),
            (LOST, "dropped by fault injection", "perdu à cause d’une panne simulée"),
            ("because", "because", "because"),
        ] {
            assert_eq!(Inspector::ENGLISH.why_ignored(why), english);
            assert_eq!(Inspector::FRENCH.why_ignored(why), french);
        }
    }
}
