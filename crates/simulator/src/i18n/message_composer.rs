texts! {
    /// A message that is said by hand.
    pub struct MessageComposer {
        title: "Say it yourself", "À vous de parler";
        hint: "Any message of HubSpot’s, on its way through the faults above. Some come from HubSpot on occasions that nobody has documented.", "N’importe quel message de HubSpot, à travers les pannes ci-dessus. Certains viennent de HubSpot en des occasions que personne n’a documentées.";
        kind: "Type", "Type";
        data: "Payload (JSON; empty for none)", "Contenu (JSON ; vide pour aucun)";
        say: "Send to the widget", "Envoyer au widget";
        not_json: "This is no JSON: {}.", "Ce n’est pas du JSON : {}.";
    }
}
