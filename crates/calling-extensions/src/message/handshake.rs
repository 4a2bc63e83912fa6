use crate::codec::{Id, payload, text_enum};

text_enum! {
    /// Where HubSpot shows the widget.
    pub enum IframeLocation {
        /// The draggable frame on a record page. It is the only frame of the app.
        Widget = "widget",
        /// The frame in the navigation bar of each tab, if the app supports inbound calls.
        Remote = "remote",
        /// The frame in the calling window, if the app supports inbound calls.
        Window = "window",
    }
}

payload! {
    /// The fields of SYNC, the first message of a host. Any field may be absent; only HubSpot sends more than `hostUrl`. They are
    /// at the top level of the message, not in `data`.
    pub struct Sync {
        /// The URL of the host. Absent means the origin of the message.
        host_url: Option<String> = "hostUrl",
        /// The id of the account. Some hosts send `PortalId`.
        portal_id: Option<Id> = "portalId" | "PortalId",
        /// The id of the user.
        user_id: Option<Id> = "userId",
        /// The id of the user as an owner of records, which differs from `user_id`.
        owner_id: Option<Id> = "ownerId",
        /// The engagement of a call in progress, after HubSpot has reloaded the frame.
        engagement_id: Option<Id> = "engagementId",
        /// Where the widget is shown.
        iframe_location: Option<IframeLocation> = "iframeLocation",
        /// False if calls are made in the remote frame although the app has a calling window.
        uses_calling_window: Option<bool> = "usesCallingWindow",
    }
}

/// The payload of READY: the fields of the SYNC that was answered. `host_url` is always present.
pub type Ready = Sync;
