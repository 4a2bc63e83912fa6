// A calling widget on HubSpot's SDK, without a bundler. The phone system is simulated: it answers after a moment, and
// +1 617 555 0101 is busy.
import CallingExtensions from "./node_modules/@hubspot/calling-extensions-sdk/dist/main.esm.js";

const OWN_NUMBER = "+16175550100";
const ANSWER_DELAY_MS = 1000;

const element = id => document.getElementById(id);

/** The call, until it is saved. */
let call = null;
let engagementId;

const cti = new CallingExtensions({
  eventHandlers: {
    onReady: () => send(() => cti.initialized({ isLoggedIn: false, sizeInfo: { width: 400, height: 500 } })),
    onDialNumber: ({ phoneNumber }) => {
      element("number").value = phoneNumber;
    },
    onCreateEngagementSucceeded: data => {
      engagementId = data.engagementId;
    },
    onCreateEngagementFailed: ({ error }) => show(`HubSpot has no record of this call: ${error?.message}`),
    onUpdateEngagementSucceeded: () => {},
    onUpdateEngagementFailed: ({ error }) => show(`HubSpot did not save the call: ${error?.message}`),
    onCallerIdMatchSucceeded: () => {},
    onCallerIdMatchFailed: () => {},
    onVisibilityChanged: () => {},
    onEndCall: () => end(call?.answeredAt ? "COMPLETED" : "CANCELED"),
    defaultEventHandler: () => {},
  },
});

// The SDK makes ids of messages from the time in milliseconds: two messages in one millisecond would have the same.
let lastMessage = Promise.resolve();
function send(message) {
  lastMessage = lastMessage.then(() => {
    message();
    return new Promise(resolve => setTimeout(resolve, 2));
  });
}

function show(text) {
  element("status").value = text;
}

function start(direction) {
  engagementId = undefined;
  call = { externalCallId: crypto.randomUUID(), startedAt: Date.now(), direction };
  return call;
}

function answer() {
  if (!call || call.answeredAt || call.endStatus) return;
  call.answeredAt = Date.now();
  const { externalCallId } = call;
  send(() => cti.callAnswered({ externalCallId }));
  show("Talking");
}

function end(callEndStatus) {
  if (!call || call.endStatus) return;
  call.endStatus = callEndStatus;
  call.endedAt = Date.now();
  const { externalCallId } = call;
  send(() => cti.callEnded({ externalCallId, engagementId, callEndStatus }));
  show("Call ended: write notes and save");
}

/** The status of the engagement: it has no REJECTED. */
function engagementStatus(endStatus) {
  return endStatus === "REJECTED" ? "CANCELED" : endStatus;
}

element("log-in").onclick = () => {
  send(() => cti.userLoggedIn());
  show("Ready");
};

element("call").onclick = () => {
  if (call) return;
  const toNumber = element("number").value.replace(/[^+\d]/g, "");
  const current = start("OUTBOUND");
  const { externalCallId, startedAt: callStartTime } = current;
  send(() =>
    cti.outgoingCall({ externalCallId, toNumber, fromNumber: OWN_NUMBER, callStartTime, createEngagement: true }),
  );
  show("Ringing");
  setTimeout(() => {
    if (call !== current) return;
    if (toNumber.endsWith("0101")) end("BUSY");
    else if (!toNumber.endsWith("0102")) answer();
  }, ANSWER_DELAY_MS);
};

element("ring").onclick = () => {
  if (call) return;
  const { externalCallId, startedAt: callStartTime } = start("INBOUND");
  const fromNumber = element("caller").value;
  send(() => cti.userAvailable());
  send(() =>
    cti.incomingCall({ externalCallId, fromNumber, toNumber: OWN_NUMBER, callStartTime, createEngagement: true }),
  );
  show(`${fromNumber} is calling`);
};

element("answer").onclick = answer;

element("end").onclick = () => {
  if (!call) return;
  if (call.answeredAt) end("COMPLETED");
  else end(call.direction === "INBOUND" ? "REJECTED" : "CANCELED");
};

element("save").onclick = () => {
  if (!call?.endStatus) return;
  const { externalCallId, startedAt, answeredAt, endedAt, endStatus, direction } = call;
  call = null;
  const engagementProperties = {
    hs_timestamp: String(startedAt),
    hs_call_title: "A call",
    hs_call_body: element("notes").value,
    hs_call_direction: direction,
    hs_call_duration: String(answeredAt ? endedAt - answeredAt : 0),
    hs_call_status: engagementStatus(endStatus),
  };
  send(() => cti.callCompleted({ externalCallId, engagementId, hideWidget: false, engagementProperties }));
  show("Saved");
};
