texts! {
    /// The records, their timelines and the task queue.
    pub struct Records {
        title: "Records", "Fiches";
        search: "Search by name, e-mail or number", "Chercher par nom, e-mail ou numéro";
        kinds: "Type of record", "Type de fiche";
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
        found: "Records found: {}", "Fiches trouvées : {}";
        nothing_found: "No record is like that. Search for less.", "Aucune fiche ne correspond. Cherchez moins de mots.";
        no_name: "No name", "Sans nom";
        no_number: "No number", "Sans numéro";
        call: "Call {}, {}", "Appeler {}, {}";
        call_first: "Call {}", "Appeler {}";
        back: "All records", "Toutes les fiches";
        about: "About", "À propos";
        associated: "Associated records", "Fiches associées";
        not_there: "This account has no such record.", "Ce compte n’a pas de telle fiche.";
        phone: "Phone", "Téléphone";
        mobilephone: "Mobile", "Mobile";
        home_phone: "Home", "Domicile";
        service_line: "Service line", "Ligne de service";
        email: "E-mail", "E-mail";
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
        title: "Timeline", "Chronologie";
        recent: "Recent calls", "Appels récents";
        empty: "No calls yet. Click a number to make one.", "Aucun appel. Cliquez sur un numéro pour en passer un.";
        outbound: "Call to {}", "Appel vers {}";
        inbound: "Call from {}", "Appel de {}";
        unknown_number: "an unknown number", "un numéro inconnu";
        ringing: "Ringing", "Sonne";
        talking: "On the phone", "En ligne";
        wrap_up: "Notes being written", "Notes en cours";
        transferred_unanswered: "Transferred, not answered", "Transféré sans réponse";
        saved: "Saved", "Enregistré";
        not_saved: "Not saved", "Non enregistré";
        ghost: "Ghost call", "Appel fantôme";
        not_saved_hint: "The app completed the call, and HubSpot could not save it.", "L’application a terminé l’appel, et HubSpot n’a pas pu l’enregistrer.";
        ghost_hint: "The app never sent CALL_COMPLETED: HubSpot keeps an empty call.", "L’application n’a jamais envoyé CALL_COMPLETED : HubSpot garde un appel vide.";
        no_engagement: "No engagement: on no timeline", "Sans engagement : sur aucune chronologie";
        transferred: "Transferred", "Transféré";
        finalized: "Finalized", "Finalisé";
        when: "When", "Quand";
        duration: "Duration", "Durée";
        status: "Status", "Statut";
        outcome: "Outcome", "Résultat";
        recording: "Recording", "Enregistrement audio";
        engagement: "Engagement", "Engagement";
        associations: "With", "Avec";
        everything: "All properties", "Toutes les propriétés";
        completed: "Completed", "Terminé";
        failed: "Failed", "Échoué";
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
        start: "Start the queue", "Commencer la file";
        at: "Task {} of {}: {}", "Tâche {} sur {} : {}";
        call: "Call {}", "Appeler {}";
        skip: "Skip", "Passer";
        leave: "Leave the queue", "Quitter la file";
        in_call: "When this call is saved, the next task comes.", "Quand cet appel est enregistré, la tâche suivante vient.";
        done: "The queue is through. Calls made: {} of {}.", "La file est finie. Appels passés : {} sur {}.";
    }
}
