texts! {
    /// The page around the panels: bar, tabs, frame, hint.
    pub struct Shell {
        title: "HubSpot at your desk", "HubSpot à votre bureau";
        records: "Records", "Fiches";
        messages: "Messages", "Messages";
        scenarios: "Scenarios", "Scénarios";
        trouble: "Trouble", "Pannes";
        widget: "Calling widget", "Widget d’appel";
        open_widget: "Open the widget", "Ouvrir le widget";
        panels: "Panels", "Panneaux";
    }
}
