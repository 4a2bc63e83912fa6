texts! {
    /// The scenarios: the list, what a person is asked to do, results.
    pub struct Scenarios {
        intro: "A scenario plays HubSpot’s part, says what to do in the widget, and checks what the widget says.", "Un scénario joue le rôle de HubSpot, dit quoi faire dans le widget et vérifie ce que le widget dit.";
        run: "Run", "Lancer";
        run_named: "Run {}", "Lancer {}";
        stop: "Stop", "Arrêter";
        open_file: "Open a scenario file", "Ouvrir un fichier de scénario";
        save_recording: "Save the messages so far as a scenario", "Enregistrer les messages jusqu’ici comme scénario";
        recorded: "Recorded in the simulator", "Enregistré dans le simulateur";
        remove: "Remove {}", "Supprimer {}";
        own: "Your own", "Les vôtres";
        shipped: "Scenarios", "Scénarios";
        not_run: "not run", "pas lancé";
        running: "running", "en cours";
        passed: "passed", "réussi";
        failed: "failed", "échoué";
        result_running: "{} is running: step {} of {}.", "{} est en cours : étape {} sur {}.";
        result_passed: "{} has passed.", "{} a réussi.";
        result_failed: "{} has failed.", "{} a échoué.";
        your_turn: "Your transition", "À vous";
        in_window: "In the calling window:", "Dans la fenêtre d’appel :";
        done: "Done", "C’est fait";
        cannot: "It cannot be done", "C’est impossible";
        not_done: "in the widget it could not be done: {}", "cela n’a pas pu être fait dans le widget : {}";
        at_line: "Line {}: {}", "Ligne {} : {}";
        not_ready: "the widget was not ready after {} s: {} of {} frames said INITIALIZED", "le widget n’était pas prêt après {} s : {} cadres sur {} ont dit INITIALIZED";
        widget_silent: "the widget did not say {} within {} s; it said: {}", "le widget n’a pas dit {} en {} s ; il a dit : {}";
        hubspot_silent: "HubSpot did not say {} within {} s; it said: {}", "HubSpot n’a pas dit {} en {} s ; il a dit : {}";
        said_instead: "the widget said {} where {} should come", "le widget a dit {} à la place de {}";
        field: "{}, {}: expected {}, found {}", "{}, {} : attendu {}, trouvé {}";
        not_reloaded: "the page was not loaded again within {} s", "la page n’a pas été rechargée en {} s";
        empty_timeline: "the timeline of {} is empty", "l’activité de {} est vide";
        no_entry: "the timeline of {} has no such entry; {}: expected {}, found {}", "l’activité de {} n’a pas cette entrée ; {} : attendu {}, trouvé {}";
        no_alert: "there is no alert with “{}” in it; shown: {}", "il n’y a pas d’alerte avec « {} » ; affiché : {}";
        said_besides: "the widget also said {}, which no step waits for", "le widget a aussi dit {}, qu’aucune étape n’attend";
        findings: "the protocol check found: {}; expected: {}", "la vérification du protocole a trouvé : {} ; attendu : {}";
        ghost_calls: "calls that were never completed: {}; expected: {}", "appels jamais terminés : {} ; attendu : {}";
        nothing: "nothing", "rien";
        main_page_only: "Scenarios run on the simulator’s main page.", "Les scénarios se lancent sur la page principale du simulateur.";
        log_in: "Log in.", "Connectez-vous.";
        log_out: "Log out.", "Déconnectez-vous.";
        dial_by_hand: "Type {} and call it.", "Composez le {} et appelez.";
        call: "Call the number.", "Appelez le numéro.";
        end_call: "End the call.", "Terminez l’appel.";
        type_notes: "Write as notes: {}", "Écrivez dans les notes : {}";
        save: "Save the call.", "Enregistrez l’appel.";
        finalize: "Finalize the engagement.", "Finalisez l’engagement.";
        answer: "Answer the call.", "Répondez à l’appel.";
        reject: "Reject the call.", "Refusez l’appel.";
        transfer: "Transfer the call to {}.", "Transférez l’appel au {}.";
        become_available: "Become available.", "Rendez-vous disponible.";
        receive_call: "Have {} call you.", "Faites-vous appeler par le {}.";
        other_action: "Do “{}”.", "Faites « {} ».";
    }
}
