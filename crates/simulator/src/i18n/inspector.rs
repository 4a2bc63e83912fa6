use crate::transcript::LOST;
use calling_extensions::{codec::Unreadable, session::Ignored};

texts! {
    /// The messages, and what was found in them.
    pub struct Inspector {
        pause: "Pause", "Pause";
        clear: "Clear", "Effacer";
        export: "Export", "Exporter";
        import: "Import…", "Importer…";
        tools: "Messages: tools", "Messages : outils";

        filter: "Filter", "Filtrer";
        direction: "Direction", "Sens";
        both_ways: "Both ways", "Les deux sens";
        to_widget: "to the widget", "vers le widget";
        from_widget: "from the widget", "du widget";
        kind: "Type", "Type";
        frame: "Frame", "Cadre";
        all_frames: "All frames", "Tous les cadres";
        search: "Search in messages", "Chercher dans les messages";
        only_faulty: "With findings only", "Avec remarques seulement";

        messages: "Messages, the newest first", "Messages, le plus récent en premier";
        no_messages: "No messages yet. Open the widget: whatever the two sides say to each other is shown here.", "Pas encore de message. Ouvrez le widget : tout ce que les deux côtés se disent s’affiche ici.";
        none_passes: "No message passes the filter.", "Aucun message ne passe le filtre.";
        waiting: "Paused: {} more by now", "En pause : {} de plus à présent";
        older: "{} older messages are not drawn", "{} messages plus anciens ne sont pas affichés";
        show_more: "Show more", "En afficher plus";
        filtered: "{} do not pass the filter", "{} ne passent pas le filtre";
        dropped: "{} have gone for want of room", "{} ont été supprimés faute de place";
        took: "answered after {} ms", "réponse après {} ms";
        ignored: "Passed over: {}", "Ignoré : {}";
        not_read: "This message could not be read.", "Ce message n’a pas pu être lu.";
        no_type: "(no type)", "(sans type)";
        copy: "Copy", "Copier";
        copied: "Copied", "Copié";
        not_copied: "The browser does not let the page copy.", "Le navigateur n’autorise pas la copie.";

        findings: "Protocol check: {}", "Vérification du protocole : {}";
        no_findings: "nothing found", "rien à signaler";
        one_finding: "1 finding", "1 remarque";
        many_findings: "{} findings", "{} remarques";
        further_findings: "{} further findings are not listed.", "{} autres remarques ne sont pas listées.";
        unfinished: "Wrong if nothing more comes", "Faux si rien d’autre ne vient";
        go_to: "Message {}", "Message {}";
        rule: "Rule", "Règle";
        source: "Who says so", "D’où vient la règle";

        why_no_session: "the session is over", "la liaison est terminée";
        why_other_window: "it comes from another window than the widget’s", "il vient d’une autre fenêtre que celle du widget";
        why_other_origin: "it comes from another origin than the widget’s address", "il vient d’une autre origine que l’adresse du widget";
        why_not_a_message: "it has no type or no messageId", "il n’a pas de type ou pas de messageId";
        why_too_deep: "it nests too deep or refers to itself", "il est trop imbriqué ou se contient lui-même";
        why_too_large: "it is too large", "il est trop grand";
        why_foreign_address: "the address in it is broken, or not the one that it comes from", "l’adresse qu’il donne est abîmée, ou n’est pas celle d’où il vient";
        why_sync_again: "it has its answer already", "il a déjà sa réponse";
        why_before_handshake: "the handshake is not done yet", "la liaison n’est pas encore établie";
        why_answers_own: "it answers a message that asked nothing", "il répond à un message qui ne demandait rien";
        why_misplaced: "this part of the handshake is not expected here", "cette étape de la liaison n’est pas attendue ici";
        why_lost: "lost on purpose", "perdu exprès";

        recording: "Recording {}", "Enregistrement {}";
        close_recording: "Back to the live messages", "Revenir aux messages en direct";
        not_imported: "{} was not imported: {}", "{} n’a pas été importé : {}";
        not_readable: "the browser cannot read it", "le navigateur ne peut pas le lire";

        replay: "Replay", "Rejouer";
        replay_hint: "Says HubSpot’s part of these messages again, each when the widget has come as far as it was then. The hubspot is silent meanwhile.", "Redit la part de HubSpot, chaque message quand le widget en est au même point. Le bureau se tait pendant ce temps.";
        speed: "Speed", "Vitesse";
        replay_now: "Replay against the widget", "Rejouer face au widget";
        no_widget: "Open the widget first: a recording is replayed against it.", "Ouvrez d’abord le widget : c’est face à lui que l’enregistrement est rejoué.";
        nothing_to_replay: "HubSpot says nothing in these messages that could be said again.", "HubSpot ne dit rien dans ces messages qui puisse être redit.";
        replaying: "Replaying: {} to go", "Lecture : encore {}";
        awaiting: "Waiting for {} from the widget: do it there.", "En attente de {} de la part du widget : faites-le là-bas.";
        skip: "Do not wait", "Ne pas attendre";
        stop: "Stop", "Arrêter";

        too_large: "the file is larger than {} MB", "le fichier dépasse {} Mo";
        not_json: "it is not JSON (line {}, column {})", "ce n’est pas du JSON (ligne {}, colonne {})";
        foreign: "it is not a recording of the simulator", "ce n’est pas un enregistrement du simulateur";
        too_new: "it has the version {}: take a newer simulator", "il est de la version {} : prenez un simulateur plus récent";
        broken_entry: "message {} in it is broken ({})", "le message {} est abîmé ({})";
    }
}

impl Inspector {
    /// Why nobody took a message, in this language; what is not known is said as it was written down.
    pub fn why_ignored<'a>(&self, why: &'a str) -> &'a str {
        let known: [(&str, &'static str); 12] = [
            (Ignored::NoSession.reason(), self.why_no_session),
            (Ignored::OtherWindow.reason(), self.why_other_window),
            (Ignored::OtherOrigin.reason(), self.why_other_origin),
            (Ignored::NotAMessage.reason(), self.why_not_a_message),
            (Ignored::Unreadable(Unreadable::TooDeep).reason(), self.why_too_deep),
            (Ignored::Unreadable(Unreadable::TooLarge).reason(), self.why_too_large),
            (Ignored::ForeignAddress.reason(), self.why_foreign_address),
            (Ignored::SyncAgain.reason(), self.why_sync_again),
            (Ignored::BeforeHandshake.reason(), self.why_before_handshake),
            (Ignored::AnswersOwn.reason(), self.why_answers_own),
            (Ignored::Misplaced.reason(), self.why_misplaced),
            (LOST, self.why_lost),
        ];
        known.iter().find(|(reason, _)| *reason == why).map_or(why, |(_, text)| text)
    }

    /// Why a recording was not imported.
    pub fn import_error(&self, error: &crate::transcript::ImportError) -> String {
        use super::fill;
        use crate::transcript::{ImportError, MAX_BYTES};
        match error {
            ImportError::TooLarge => fill(self.too_large, &(MAX_BYTES >> 20).to_string()),
            ImportError::NotJson { line, column } => fill(&fill(self.not_json, &line.to_string()), &column.to_string()),
            ImportError::Foreign => self.foreign.to_owned(),
            ImportError::TooNew(version) => fill(self.too_new, &version.to_string()),
            ImportError::BrokenEntry { number, why } => fill(&fill(self.broken_entry, &number.to_string()), why),
        }
    }

    /// How many findings there are.
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
    fn what_was_passed_over_is_told_in_the_readers_language() {
        for (why, english, french) in [
            (Ignored::BeforeHandshake.reason(), "the handshake is not done yet", "la liaison n’est pas encore établie"),
            (LOST, "lost on purpose", "perdu exprès"),
            ("because", "because", "because"),
        ] {
            assert_eq!(Inspector::ENGLISH.why_ignored(why), english);
            assert_eq!(Inspector::FRENCH.why_ignored(why), french);
        }
    }
}
