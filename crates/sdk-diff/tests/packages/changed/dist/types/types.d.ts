// Written for the tests of sdk-diff.
export type EventHandlers = { onReady: Function };
export type OnResize = { width: number; height: number };
export type SizeInfo = OnResize;
export type OnInitialized = { isLoggedIn?: boolean; engagementId?: number };
export type OnIncomingCall = {
  externalCallId: string; fromNumber: string; toNumber: string; callStartTime?: string; createEngagement?: boolean;
};
export type OnOutgoingCall = {
  externalCallId: string; fromNumber?: string; toNumber?: string; callStartTime?: number; createEngagement?: boolean;
};
export type OnCallAnswered = { externalCallId: string; answeredBy?: string };
export type OnHoldCall = { externalCallId: string; reason: "PARKED" | "OTHER" };
export type OnCallTransferred = { externalCallId: string };
export type OnFinalizeEngagement = { externalCallId: string; engagementId: number };
export type OnSetWidgetUrl = { iFrameUrl: string };
export type EndStatus = "COMPLETED" | "FAILED" | "CANCELED" | "BUSY" | "NO_ANSWER" | "REJECTED" | "VOICEMAIL";
export type OnCallEnded = { externalCallId: string; engagementId: number; callEndStatus?: EndStatus };
export type RawEngagementProperties = {
  hs_timestamp: number | string;
  hs_call_body?: string;
  hs_call_callee_object_id?: string;
  hs_call_callee_object_type?: string;
  hs_call_direction?: string;
  hs_call_disposition?: string;
  hs_call_duration?: string;
  hs_call_from_number?: string;
  hs_call_recording_url?: string;
  hs_call_status?: string;
  hs_call_title?: string;
  hs_call_source?: string;
  hs_call_to_number?: string;
  hubspot_owner_id?: string;
  hs_activity_type?: string;
  hs_attachment_ids?: string;
};
export type OnCallCompleted = {
  externalCallId: string; engagementId?: number | string; engagementProperties?: RawEngagementProperties;
};
export type ObjectCoordinates = { portalId: number; objectId: number; objectTypeId: "0-1" | "0-2" };
export type OnNavigateToRecord = {
  engagementId?: number; objectCoordinates: ObjectCoordinates; openIn?: "CURRENT_TAB" | "SIDE_PANEL";
};
export type OnError = { message: string };
export type OnMessage = { type: string; data?: Object };
export type ContactIdMatch = {
  callerIdType: "CONTACT"; objectCoordinates: ObjectCoordinates; firstName: string; lastName: string; email: string;
};
export type CompanyIdMatch = { callerIdType: "COMPANY"; objectCoordinates: ObjectCoordinates; name: string };
