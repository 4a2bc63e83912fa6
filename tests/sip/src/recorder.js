// Runs before the scripts of every page and frame.
if (window === top) {
  // In the page around the widget: `transcript` is that of the harness, with what the widget sends.
  const frame = () => document.querySelector("#hubspot-calling-extension-iframe");
  window.transcript = [];
  window.addEventListener("message", event => {
    if (event.source !== frame()?.contentWindow || event.data?.type === "SYNC_ACK") return;
    const message = JSON.parse(JSON.stringify(event.data));
    window.transcript.push({ direction: "handled", at: performance.timeOrigin + performance.now(), origin: event.origin, message });
  });
  let sent = 0;
  window.manager = {
    sendMessage: message => frame().contentWindow.postMessage({ messageId: `test_${sent++}`, ...message }, new URL(frame().src).origin),
  };
} else {
  // In the widget: its connections, whose audio is counted, and when it shows what.
  window.connections = [];
  const Connection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Connection {
    constructor(...configuration) {
      super(...configuration);
      window.connections.push(this);
    }
  };
}
