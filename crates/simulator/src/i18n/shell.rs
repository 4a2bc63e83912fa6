texts! {
    /// The page around the panels: bar, tabs, frame, hint, dialogs.
    pub struct Shell {
        title: "HubSpot at your hubspot", "HubSpot à votre bureau";
        subtitle: "a simulator for calling apps", "un simulateur pour applications d’appel";
        records: "CRM", "CRM";
        messages: "Messages", "Messages";
        scenarios: "Scenarios", "Scénarios";
        faults: "Faults", "Pannes";
        panels: "Panels", "Panneaux";

        call: "Call", "Appeler";
        show_widget: "Show the widget", "Afficher le widget";
        call_from: "Call from", "Appeler depuis";
        in_test: "in test", "en test";
        add_app: "Add a widget …", "Ajouter un widget…";
        edit_app: "Change or export “{}” …", "Modifier ou exporter « {} »…";
        reset: "Reset", "Réinitialiser";
        reset_title: "Reset the account?", "Réinitialiser le compte ?";
        reset_text: "Calls, notes, alerts, messages and switches are forgotten. Your widgets under Call from stay.", "Les appels, notes, alertes, messages et réglages sont oubliés. Vos widgets sous « Appeler depuis » restent.";

        available: "Available", "Disponible";
        unavailable: "Unavailable", "Indisponible";
        logged_out: "Not logged in", "Non connecté";
        logged_in: "Logged in", "Connecté";
        no_widget: "No widget open", "Aucun widget ouvert";
        waiting_presence: "The widget has said nothing yet", "Le widget n’a encore rien dit";
        alerts: "Alerts", "Alertes";
        dismiss: "Dismiss", "Fermer";
        times: "{} times", "{} fois";
        not_persisted: "The browser keeps no more of this: its storage is full, or switched off. Export the messages if you need them, then choose Reset.", "Le navigateur n’en garde pas plus : son stockage est plein, ou désactivé. Exportez les messages s’il vous les faut, puis choisissez Réinitialiser.";
        not_dialled: "{} was not dialled: the widget went away before it could.", "{} n’a pas été composé : le widget a disparu avant.";
        silent_alert: "A widget has not answered for 30 seconds.", "Un widget n’a pas répondu depuis 30 secondes.";
        no_custom_objects: "This widget does not call from custom objects: its supportsCustomObjects is off under Call from.", "Ce widget n’appelle pas depuis les objets personnalisés : son supportsCustomObjects est désactivé sous « Appeler depuis ».";
        bad_widget: "The address of this page names a widget that cannot be opened. Write the whole URL after “widget=”, beginning with https:// or http://.", "L’adresse de cette page nomme un widget qui ne peut pas être ouvert. Écrivez l’URL entière après « widget= », commençant par https:// ou http://.";
        popup_blocked: "The browser kept a window from opening. Allow pop-ups for this page, then try again.", "Le navigateur a bloqué l’ouverture d’une fenêtre. Autorisez les fenêtres pour cette page, puis réessayez.";

        widget: "Calling widget", "Widget d’appel";
        move_widget: "Move the widget with the arrow keys", "Déplacer le widget avec les flèches";
        minimize: "Minimize", "Réduire";
        restore: "Restore", "Agrandir";
        close: "Close", "Fermer";
        hide: "Hide", "Masquer";
        waiting: "Waiting for the widget to answer …", "En attente de la réponse du widget…";
        late: "{} does not answer so far. Is it served, and does it speak HubSpot’s protocol?", "{} ne répond pas pour l’instant. Est-il servi, et parle-t-il le protocole de HubSpot ?";
        silent: "{} has not answered for 30 seconds: no SYNC_ACK came. Open it in a tab of its own to see whether it loads, whether its certificate is accepted, and what its console says.", "{} n’a pas répondu en 30 secondes : aucun SYNC_ACK. Ouvrez-le dans un onglet pour voir s’il se charge, si son certificat est accepté et ce que dit sa console.";
        flooded: "{} said more than a thousand messages within five seconds and was stopped, so that this page can still be used. Its last messages are under Messages.", "{} a envoyé plus de mille messages en cinq secondes et a été arrêté, pour que cette page reste utilisable. Ses derniers messages sont sous Messages.";
        refused: "{} cannot be opened: the address of a widget begins with https:// or http://.", "{} ne peut pas être ouvert : l’adresse d’un widget commence par https:// ou http://.";
        open_in_tab: "Open in a tab", "Ouvrir dans un onglet";
        try_again: "Load it again", "Recharger";
        calling_window: "Calling window", "Fenêtre d’appel";
        window_note: "Calls are here. Keep this window open while you work in HubSpot.", "Les appels sont ici. Gardez cette fenêtre ouverte pendant que vous travaillez dans HubSpot.";
        open_window: "Open the calling window", "Ouvrir la fenêtre d’appel";

        hint: "First steps", "Premiers pas";
        hint_dial: "Click a phone number, or Call above. The widget opens.", "Cliquez sur un numéro, ou sur Appeler. Le widget s’ouvre.";
        hint_log_in: "Log in to the widget; any name will do. Then make the call and save it.", "Connectez-vous au widget ; n’importe quel nom convient. Puis passez l’appel et enregistrez-le.";
        hint_watch: "Read every message under Messages, and find the call on the timeline.", "Lisez chaque message sous Messages, et retrouvez l’appel dans la chronologie.";
        close_hint: "Close the first steps", "Fermer les premiers pas";

        leave_title: "A call is on", "Un appel est en cours";
        leave_close: "If you close the widget, nobody ends the call: HubSpot would show it as a ghost call.", "Si vous fermez le widget, personne ne termine l’appel : HubSpot l’afficherait comme un appel fantôme.";
        leave_record: "If you leave the record, HubSpot loads the widget anew, and it has to find its call again.", "Si vous quittez la fiche, HubSpot recharge le widget, qui doit retrouver son appel.";
        leave_app: "If you choose another widget, nobody ends the call: HubSpot would show it as a ghost call.", "Si vous choisissez un autre widget, personne ne termine l’appel : HubSpot l’afficherait comme un appel fantôme.";
        stay: "Stay", "Rester";
        leave: "Go on all the same", "Continuer quand même";
        cancel: "Cancel", "Annuler";

        new_app: "Add a widget", "Ajouter un widget";
        change_app: "Change a widget", "Modifier un widget";
        import: "Paste the line for HubSpot’s console, or JSON", "Collez la ligne pour la console de HubSpot, ou du JSON";
        take_over: "Fill in from it", "Remplir à partir de là";
        app_name: "Name", "Nom";
        app_url: "URL", "URL";
        width: "Width", "Largeur";
        height: "Height", "Hauteur";
        is_ready: "isReady: everybody in the account sees it", "isReady : visible de tout le compte";
        supports_custom_objects: "supportsCustomObjects: calls from custom objects", "supportsCustomObjects : appels depuis les objets personnalisés";
        supports_inbound_calling: "supportsInboundCalling: takes calls", "supportsInboundCalling : reçoit des appels";
        uses_remote: "usesRemote: a frame in the navigation bar", "usesRemote : un cadre dans la barre de navigation";
        uses_calling_window: "usesCallingWindow: calls in a window of their own", "usesCallingWindow : appels dans une fenêtre à part";
        export: "The line for HubSpot’s console", "La ligne pour la console de HubSpot";
        copy: "Copy", "Copier";
        copied: "Copied", "Copié";
        save: "Save", "Enregistrer";
        remove: "Remove", "Supprimer";
        error_no_name: "Write a name, so that it can be chosen.", "Donnez un nom, pour pouvoir le choisir.";
        error_name_taken: "There is a widget of this name. Choose another.", "Un widget porte déjà ce nom. Choisissez-en un autre.";
        error_no_url: "Write the whole URL, beginning with https:// or http://.", "Écrivez l’URL entière, commençant par https:// ou http://.";
        error_size: "Width and height must be between 100 and 2000 pixels.", "Largeur et hauteur doivent être comprises entre 100 et 2000 pixels.";
        error_no_object: "There is no widget in this text. Paste the whole line, or {\"name\": …, \"url\": …}.", "Il n’y a pas de widget dans ce texte. Collez la ligne entière, ou {\"name\": …, \"url\": …}.";
        error_unreadable: "This cannot be read. Look for a missing quote, comma or bracket, or a value of another type.", "Ce texte est illisible. Cherchez un guillemet, une virgule ou une accolade manquante, ou une valeur d’un autre type.";
    }
}
