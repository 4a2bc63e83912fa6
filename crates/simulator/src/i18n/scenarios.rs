use super::fill_all;
use crate::scenario::{Failure, Reason, Sender};

texts! {
    /// The panel of scenarios: the list, the instructions, the results.
    pub struct Scenarios {
        intro: "A scenario sends HubSpot’s messages, asks you to do things in the widget, and checks the messages that the widget sends.", "Un scénario envoie les messages de HubSpot, vous indique quoi faire dans le widget et vérifie les messages que le widget envoie.";
        run: "Run", "Lancer";
        run_named: "Run {}", "Lancer {}";
        stop: "Stop", "Arrêter";
        open_file: "Open a scenario file", "Ouvrir un fichier de scénario";
        save_recording: "Save these messages as a scenario", "Enregistrer ces messages comme scénario";
        recorded: "Recorded in the simulator", "Enregistré dans le simulateur";
        remove: "Remove {}", "Supprimer {}";
        user_scenarios: "Your scenarios", "Vos scénarios";
        shipped: "Scenarios", "Scénarios";
        not_run: "not run", "pas lancé";
        running: "running", "en cours";
        passed: "passed", "réussi";
        failed: "failed", "échoué";
        result_running: "{} is running: step {} of {}.", "{} est en cours : étape {} sur {}.";
        result_passed: "{} passed.", "{} a réussi.";
        result_failed: "{} failed.", "{} a échoué.";
        your_turn: "Your turn", "À vous";
        in_window: "In the calling window:", "Dans la fenêtre d’appel :";
        done: "Done", "C’est fait";
        cannot_do: "This cannot be done", "C’est impossible";
        not_done: "could not be done in the widget: {}", "impossible à faire dans le widget : {}";
        at_line: "Line {}: {}", "Ligne {} : {}";
        not_ready: "the widget was not ready after {} s: {} of {} frames sent INITIALIZED", "le widget n’était pas prêt après {} s : {} cadres sur {} ont envoyé INITIALIZED";
        widget_did_not_send: "the widget did not send {} within {} s; it sent: {}", "le widget n’a pas envoyé {} en {} s ; il a envoyé : {}";
        hubspot_did_not_send: "HubSpot did not send {} within {} s; it sent: {}", "HubSpot n’a pas envoyé {} en {} s ; il a envoyé : {}";
        sent_instead: "the widget sent {} instead of {}", "le widget a envoyé {} au lieu de {}";
        field: "{}, {}: expected {}, found {}", "{}, {} : attendu {}, trouvé {}";
        not_reloaded: "the page did not reload within {} s", "la page ne s’est pas rechargée en {} s";
        empty_timeline: "the timeline of {} is empty", "l’historique de {} est vide";
        no_entry: "the timeline of {} has no such entry; {}: expected {}, found {}", "l’historique de {} ne contient pas cette entrée ; {} : attendu {}, trouvé {}";
        no_alert: "no alert contains “{}”; shown: {}", "aucune alerte ne contient « {} » ; affiché : {}";
        sent_besides: "the widget also sent {}, which no step expects", "le widget a aussi envoyé {}, qu’aucune étape n’attend";
        findings: "the protocol check found: {}; expected: {}", "la vérification du protocole a trouvé : {} ; attendu : {}";
        ghost_calls: "calls that were never completed: {}; expected: {}", "appels jamais clôturés : {} ; attendu : {}";
        nothing: "none", "aucun";
        main_page_only: "Scenarios run only on the simulator’s main page.", "Les scénarios ne s’exécutent que sur la page principale du simulateur.";
        log_in: "Log in.", "Connectez-vous.";
        log_out: "Log out.", "Déconnectez-vous.";
        dial_manually: "Type {} and call it.", "Composez le {} et appelez.";
        call: "Call the number.", "Appelez le numéro.";
        end_call: "End the call.", "Terminez l’appel.";
        type_notes: "Enter these notes: {}", "Saisissez ces notes : {}";
        save: "Save the call.", "Enregistrez l’appel.";
        finalize: "Finalize the engagement.", "Finalisez l’engagement.";
        answer: "Answer the call.", "Répondez à l’appel.";
        reject: "Reject the call.", "Refusez l’appel.";
        transfer: "Transfer the call to {}.", "Transférez l’appel au {}.";
        become_available: "Set yourself to available.", "Passez en mode disponible.";
        receive_call: "Have {} call you.", "Faites-vous appeler par le {}.";
        other_action: "Perform the action “{}”.", "Effectuez l’action « {} ».";
    }
}

impl Scenarios {
    /// The text for a failure.
    pub fn failure(&self, failure: &Failure) -> String {
        let reason = match &failure.reason {
            Reason::NotReady { ready, frames, seconds } => {
                fill_all(self.not_ready, &[&seconds.to_string(), &ready.to_string(), &frames.to_string()])
            }
            Reason::NotSent { who, kind, seconds, instead } => {
                let template = match who {
                    Sender::Widget => self.widget_did_not_send,
                    Sender::HubSpot => self.hubspot_did_not_send,
                };
                fill_all(template, &[kind, &seconds.to_string(), &self.list(instead)])
            }
            Reason::SentInstead { wanted, sent } => fill_all(self.sent_instead, &[sent, wanted]),
            Reason::Field { kind, mismatch: wrong } => {
                fill_all(self.field, &[kind, &wrong.field, &wrong.expected, &wrong.found])
            }
            Reason::NotReloaded { seconds } => fill_all(self.not_reloaded, &[&seconds.to_string()]),
            Reason::NoEntry { record, nearest: None } => fill_all(self.empty_timeline, &[record]),
            Reason::NoEntry { record, nearest: Some(wrong) } => {
                fill_all(self.no_entry, &[record, &wrong.field, &wrong.expected, &wrong.found])
            }
            Reason::NoAlert { text, shown } => fill_all(self.no_alert, &[text, &self.list(shown)]),
            Reason::SentBesides(kind) => fill_all(self.sent_besides, &[kind]),
            Reason::Findings { found, expected } => fill_all(self.findings, &[&self.list(found), &self.list(expected)]),
            Reason::GhostCalls { found, expected } => {
                fill_all(self.ghost_calls, &[&found.to_string(), &expected.to_string()])
            }
            Reason::NotDone(why) => why.clone(),
        };
        fill_all(self.at_line, &[&failure.line.to_string(), &reason])
    }

    fn list(&self, names: &[String]) -> String {
        if names.is_empty() { self.nothing.to_owned() } else { names.join(", ") }
    }
}
