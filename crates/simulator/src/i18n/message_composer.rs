texts! {
    /// The form that sends messages manually.
    pub struct MessageComposer {
        title: "Send a message manually", "Envoyer un message manuellement";
        hint: "Sends any of HubSpot’s messages to the widget. The delivery faults above apply. For some messages it is not documented when HubSpot sends them.", "Envoie au widget n’importe quel message de HubSpot. Les pannes de livraison ci-dessus s’appliquent. Pour certains messages, rien n’indique quand HubSpot les envoie.";
        kind: "Type", "Type";
        data: "Payload (JSON, may be empty)", "Contenu (JSON, peut être vide)";
        send: "Send", "Envoyer";
        not_json: "This is not valid JSON: {}.", "Ce n’est pas du JSON valide : {}.";
    }
}
