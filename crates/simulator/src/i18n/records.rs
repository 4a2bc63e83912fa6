texts! {
    /// The records, their timelines and the task queue.
    pub struct Records {
        title: "Records", "Fiches";
        search: "Search by name, email or number", "Rechercher par nom, e-mail ou numéro";
        kinds: "Record type", "Type de fiche";
        all: "All", "Toutes";
        contacts: "Contacts", "Contacts";
        companies: "Companies", "Entreprises";
        tickets: "Tickets", "Tickets";
        customs: "Custom objects", "Objets personnalisés";
        contact: "Contact", "Contact";
        company: "Company", "Entreprise";
        ticket: "Ticket", "Ticket";
        name: "Name", "Nom";
        kind: "Type", "Type";
        numbers: "Phone numbers", "Numéros de téléphone";
        found: "Records found: {}", "Fiches trouvées : {}";
        nothing_found: "No matching records. Try fewer words.", "Aucune fiche ne correspond. Essayez avec moins de mots.";
        no_name: "No name", "Sans nom";
        no_number: "No number", "Sans numéro";
        call: "Call {}, {}", "Appeler {}, {}";
        call_first: "Call {}", "Appeler {}";
        back: "All records", "Toutes les fiches";
        about: "About", "À propos";
        associated: "Associated records", "Fiches associées";
        not_there: "This account has no such record.", "Cette fiche n’existe pas dans ce compte.";
        phone: "Phone", "Téléphone";
        mobilephone: "Mobile", "Mobile";
        home_phone: "Home", "Domicile";
        service_line: "Service line", "Ligne de service";
        email: "Email", "E-mail";
        jobtitle: "Job title", "Fonction";
        domain: "Website", "Site web";
        city: "City", "Ville";
        stage: "Status", "Statut";
        priority: "Priority", "Priorité";
        location: "Location", "Emplacement";
        serial: "Serial number", "Numéro de série";
    }
}

texts! {
    /// The calls on a timeline.
    pub struct Timeline {
        title: "Timeline", "Historique";
        recent: "Recent calls", "Appels récents";
        empty: "No calls yet. Click a phone number to make one.", "Aucun appel pour l’instant. Cliquez sur un numéro pour en passer un.";
        outbound: "Call to {}", "Appel vers {}";
        inbound: "Call from {}", "Appel de {}";
        unknown_number: "an unknown number", "un numéro inconnu";
        ringing: "Ringing", "Sonnerie";
        talking: "In progress", "En cours";
        wrap_up: "Wrap-up", "Saisie des notes";
        transferred_unanswered: "Transferred, unanswered", "Transféré sans réponse";
        saved: "Saved", "Enregistré";
        not_saved: "Not saved", "Non enregistré";
        ghost: "Ghost call", "Appel fantôme";
        not_saved_hint: "The app completed the call, but HubSpot could not save it.", "L’application a clôturé l’appel, mais HubSpot n’a pas pu l’enregistrer.";
        ghost_hint: "The app never sent CALL_COMPLETED: HubSpot keeps an incomplete call.", "L’application n’a jamais envoyé CALL_COMPLETED : HubSpot conserve un appel incomplet.";
        no_engagement: "No engagement: not on any timeline", "Sans engagement : absent de tout historique";
        transferred: "Transferred", "Transféré";
        finalized: "Finalized", "Finalisé";
        when: "Date", "Date";
        duration: "Duration", "Durée";
        status: "Status", "Statut";
        outcome: "Outcome", "Résultat";
        recording: "Recording", "Enregistrement audio";
        engagement: "Engagement", "Engagement";
        associations: "Associated with", "Associé à";
        everything: "All properties", "Toutes les propriétés";
        completed: "Completed", "Terminé";
        failed: "Failed", "Échec";
        canceled: "Canceled", "Annulé";
        busy: "Busy", "Occupé";
        no_answer: "No answer", "Sans réponse";
        rejected: "Rejected", "Refusé";
        missed: "Missed", "Manqué";
    }
}

texts! {
    /// The task queue.
    pub struct Tasks {
        title: "Call tasks", "Tâches d’appel";
        offer: "{} calls to make, one after the other.", "{} appels à passer, l’un après l’autre.";
        start: "Start the queue", "Démarrer la file d’attente";
        at: "Task {} of {}: {}", "Tâche {} sur {} : {}";
        call: "Call {}", "Appeler {}";
        skip: "Skip", "Passer";
        leave: "Leave the queue", "Quitter la file d’attente";
        in_call: "The next task starts when this call is saved.", "La tâche suivante commencera dès que cet appel sera enregistré.";
        done: "All tasks are done. Calls made: {} of {}.", "Toutes les tâches sont terminées. Appels passés : {} sur {}.";
    }
}
