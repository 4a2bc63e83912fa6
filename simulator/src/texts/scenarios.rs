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
        your_turn: "Your turn", "À vous";
        in_window: "In the calling window:", "Dans la fenêtre d’appel :";
        done: "Done", "C’est fait";
        cannot: "It cannot be done", "C’est impossible";
        not_done: "in the widget it could not be done: {}", "cela n’a pas pu être fait dans le widget : {}";
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
