// Runs before the scripts of every page and frame.
if (window === top && location.pathname.startsWith("/simulator/")) {
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
  // In the widget: the connection of its last call, whose audio is counted.
  window.connections = [];
  const Connection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Connection {
    constructor(...configuration) {
      super(...configuration);
      window.connections = [this];
    }
  };

  // What plays sound, or tries to.
  const players = new Set();
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    players.add(this);
    return play.call(this);
  };
  window.playersOfCall = () => [...players].filter(({ srcObject }) => srcObject?.active);

  // When something first happened since `times` was emptied, by the clock of the page.
  window.times = {};
  const happened = name => (window.times[name] ??= performance.now());
  const isInvite = data => typeof data === "string" && data.startsWith("INVITE ");
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...parameters) {
      super(...parameters);
      this.addEventListener("message", ({ data }) => isInvite(data) && happened("inviteReceived"));
    }
    send(data) {
      if (isInvite(data)) happened("inviteSent");
      super.send(data);
    }
  };
  document.addEventListener("click", () => happened("click"), true);
  const watch = () =>
    new MutationObserver(() => {
      // Reading the width lays the page out.
      if (document.querySelector("[data-test-id=answer-call]")?.offsetWidth) happened("ringing");
    }).observe(document.documentElement, { childList: true, subtree: true });
  if (document.documentElement) watch();
  else document.addEventListener("readystatechange", watch, { once: true });

  // What wasm holds is in no JavaScript heap.
  const memories = [];
  window.wasmBytes = () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...parameters) => {
      const made = await original.apply(WebAssembly, parameters);
      const { exports } = made.instance ?? made;
      memories.push(...Object.values(exports).filter(value => value instanceof WebAssembly.Memory));
      return made;
    };
  }
}
