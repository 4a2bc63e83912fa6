use crate::codec::{Id, payload, text_enum};

text_enum! {
    /// Where HubSpot shows the widget.
    pub enum IframeLocation {
        /// The draggable frame on a record page; always alone.
        Widget = "widget",
        /// The frame in the navigation bar of each tab, when the app has a calling window.
        Remote = "remote",
        /// The frame in the calling window.
        Window = "window",
    }
}

payload! {
    /// What the host says of itself when it opens the conversation. All of it may be absent: only HubSpot sends more than
    /// `hostUrl`. These fields stand at the top level of SYNC, not in `data`.
    pub struct Sync {
        /// The host's own address; answers go to its origin. Absent means the origin that the message came from.
        host_url: Option<String> = "hostUrl",
        /// The account.
        portal_id: Option<Id> = "portalId" | "PortalId",
        /// The user of the account.
        user_id: Option<Id> = "userId",
        /// The user as an owner of records.
        owner_id: Option<Id> = "ownerId",
        /// The call that was on before the frame was loaded anew.
        engagement_id: Option<Id> = "engagementId",
        /// Where the widget is shown.
        iframe_location: Option<IframeLocation> = "iframeLocation",
        /// False when calls stay in the remote frame though there is a calling window.
        uses_calling_window: Option<bool> = "usesCallingWindow",
    }
}

/// What the guest's program is told when both sides have shaken hands: the fields of the SYNC that was answered.
pub type Ready = Sync;
