texts! {
    /// The page around the panels: navigation bar, tabs, frame, first steps, dialogs.
    pub struct Shell {
        title: "HubSpot Simulator", "Simulateur HubSpot";
        subtitle: "for calling apps", "pour applications d’appel";
        records: "CRM", "CRM";
        messages: "Messages", "Messages";
        scenarios: "Scenarios", "Scénarios";
        faults: "Faults", "Pannes";
        panels: "Panels", "Panneaux";

        call: "Call", "Appeler";
        show_widget: "Show the widget", "Afficher le widget";
        call_from: "Call from", "Appeler depuis";
        testing: "testing", "en test";
        add_app: "Add a widget…", "Ajouter un widget…";
        edit_app: "Edit or export “{}”…", "Modifier ou exporter « {} »…";
        reset: "Reset", "Réinitialiser";
        reset_title: "Reset the account?", "Réinitialiser le compte ?";
        reset_text: "This deletes all calls, notes, alerts, messages and fault settings. Your widgets under “Call from” are kept.", "Les appels, les notes, les alertes, les messages et les pannes seront effacés. Vos widgets sous « Appeler depuis » seront conservés.";

        available: "Available", "Disponible";
        unavailable: "Unavailable", "Indisponible";
        logged_out: "Not logged in", "Non connecté";
        logged_in: "Logged in", "Connecté";
        no_widget: "No widget open", "Aucun widget ouvert";
        unknown_presence: "Availability unknown", "Disponibilité inconnue";
        alerts: "Alerts", "Alertes";
        dismiss: "Dismiss", "Fermer";
        repeated: "{} times", "{} fois";
        not_persisted: "The browser cannot save any more data: its storage is full or turned off. Export the messages if you need them, then choose Reset.", "Le navigateur ne peut plus rien enregistrer : son stockage est plein ou désactivé. Exportez les messages si vous en avez besoin, puis choisissez « Réinitialiser ».";
        not_dialled: "{} was not dialed: the widget was closed or did not answer.", "Le {} n’a pas été composé : le widget a été fermé ou n’a pas répondu.";
        frame_timed_out: "A widget has not responded for 30 seconds.", "Un widget ne répond pas depuis 30 secondes.";
        no_inbound_calling: "The widget reported an incoming call, but supportsInboundCalling is off: HubSpot ignores the call. To receive calls, turn it on under “Call from”.", "Le widget a signalé un appel entrant, mais supportsInboundCalling n’est pas activé : HubSpot ignore l’appel. Pour recevoir des appels, activez-le sous « Appeler depuis ».";
        no_custom_objects: "This widget cannot call from custom objects. To allow it, turn on supportsCustomObjects under “Call from”.", "Ce widget ne permet pas d’appeler depuis un objet personnalisé. Pour l’autoriser, activez supportsCustomObjects sous « Appeler depuis ».";
        bad_widget: "The widget in this page’s address cannot be opened. After “widget=”, enter a complete URL that starts with https:// or http://.", "Le widget indiqué dans l’adresse de cette page ne peut pas être ouvert. Après « widget= », saisissez une URL complète qui commence par https:// ou http://.";
        popup_blocked: "The browser blocked a new window. Allow pop-ups for this page, then try again.", "Le navigateur a bloqué l’ouverture d’une fenêtre. Autorisez les fenêtres pop-up pour cette page, puis réessayez.";

        widget: "Calling widget", "Widget d’appel";
        move_widget: "Move the widget with the arrow keys", "Déplacer le widget avec les touches fléchées";
        minimize: "Minimize", "Réduire";
        restore: "Restore", "Agrandir";
        close: "Close", "Fermer";
        hide: "Hide", "Masquer";
        waiting: "Waiting for the widget to respond…", "En attente de la réponse du widget…";
        late: "{} has not responded yet. Is it running, and does it implement HubSpot’s protocol?", "{} ne répond pas encore. Le widget est-il en cours d’exécution, et prend-il en charge le protocole de HubSpot ?";
        timed_out: "{} has not sent SYNC_ACK for 30 seconds. Open it in a new tab to check that it loads, that its certificate is accepted, and what its console shows.", "{} n’a pas envoyé SYNC_ACK en 30 secondes. Ouvrez-le dans un nouvel onglet pour vérifier qu’il se charge, que son certificat est accepté et ce qu’affiche sa console.";
        flooded: "{} sent more than a thousand messages within five seconds and was stopped to keep this page usable. Its last messages are listed under “Messages”.", "{} a envoyé plus de mille messages en cinq secondes et a été arrêté pour que cette page reste utilisable. Ses derniers messages se trouvent sous « Messages ».";
        refused: "{} cannot be opened: a widget’s address starts with https:// or http://.", "{} ne peut pas être ouvert : l’adresse d’un widget commence par https:// ou http://.";
        open_in_tab: "Open in a new tab", "Ouvrir dans un nouvel onglet";
        try_again: "Reload", "Recharger";
        calling_window: "Calling window", "Fenêtre d’appel";
        window_note: "Calls take place in this window. Keep it open while you work in HubSpot.", "Les appels se déroulent dans cette fenêtre. Gardez-la ouverte pendant que vous travaillez dans HubSpot.";
        open_window: "Open the calling window", "Ouvrir la fenêtre d’appel";

        first_steps: "First steps", "Premiers pas";
        step_dial: "Click a phone number, or “Call” at the top. The widget opens.", "Cliquez sur un numéro, ou sur « Appeler » en haut. Le widget s’ouvre.";
        step_log_in: "Log in to the widget with any name. Then make a call and save it.", "Connectez-vous au widget avec n’importe quel nom. Passez ensuite un appel et enregistrez-le.";
        step_watch: "See every message under “Messages”, and the call on the record’s timeline.", "Retrouvez tous les messages sous « Messages », et l’appel dans l’historique de la fiche.";
        close_first_steps: "Close the first steps", "Fermer les premiers pas";

        leave_title: "A call is in progress", "Un appel est en cours";
        leave_close: "If you close the widget now, the call is never completed: HubSpot keeps it as a ghost call.", "Si vous fermez le widget maintenant, l’appel ne sera jamais clôturé : HubSpot le conservera comme appel fantôme.";
        leave_record: "If you leave this record, HubSpot reloads the widget, and the widget has to restore its call.", "Si vous quittez cette fiche, HubSpot recharge le widget, qui doit alors rétablir son appel.";
        leave_app: "If you choose another widget now, the call is never completed: HubSpot keeps it as a ghost call.", "Si vous choisissez un autre widget maintenant, l’appel ne sera jamais clôturé : HubSpot le conservera comme appel fantôme.";
        stay: "Stay", "Rester";
        continue_anyway: "Continue anyway", "Continuer quand même";
        cancel: "Cancel", "Annuler";

        new_app: "Add a widget", "Ajouter un widget";
        change_app: "Edit widget", "Modifier le widget";
        import: "Paste the line for HubSpot’s console, or JSON", "Collez la ligne pour la console de HubSpot, ou du JSON";
        fill_in: "Fill in the form", "Remplir le formulaire";
        app_name: "Name", "Nom";
        app_url: "URL", "URL";
        width: "Width", "Largeur";
        height: "Height", "Hauteur";
        is_ready: "isReady: visible to everyone in the account", "isReady : visible par tous les utilisateurs du compte";
        supports_custom_objects: "supportsCustomObjects: can call from custom objects", "supportsCustomObjects : peut appeler depuis les objets personnalisés";
        supports_inbound_calling: "supportsInboundCalling: receives calls; the next two need it", "supportsInboundCalling : reçoit des appels ; les deux suivants en dépendent";
        uses_remote: "usesRemote: a frame in the navigation bar", "usesRemote : un cadre dans la barre de navigation";
        uses_calling_window: "usesCallingWindow: calls in a separate window", "usesCallingWindow : appels dans une fenêtre séparée";
        export: "Line for HubSpot’s console", "Ligne pour la console de HubSpot";
        copy: "Copy", "Copier";
        copied: "Copied", "Copié";
        save: "Save", "Enregistrer";
        remove: "Remove", "Supprimer";
        error_no_name: "Enter a name.", "Saisissez un nom.";
        error_name_taken: "There is already a widget with this name. Choose another name.", "Un widget porte déjà ce nom. Choisissez-en un autre.";
        error_no_url: "Enter a complete URL that starts with https:// or http://.", "Saisissez une URL complète qui commence par https:// ou http://.";
        error_size: "Width and height must be between 100 and 2000 pixels.", "La largeur et la hauteur doivent être comprises entre 100 et 2000 pixels.";
        error_no_object: "There is no widget in this text. Paste the whole line, or {\"name\": …, \"url\": …}.", "Ce texte ne contient pas de widget. Collez la ligne entière, ou {\"name\": …, \"url\": …}.";
        error_unreadable: "This text cannot be read. Check for a missing quotation mark, comma or bracket, or a value of the wrong type.", "Ce texte est illisible. Vérifiez qu’il ne manque pas de guillemet, de virgule ou d’accolade, et que chaque valeur est du bon type.";
    }
}
