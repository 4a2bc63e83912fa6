// Records what a page's SDK sends, what arrives at its window and what reaches its handler.
// The tests read `transcript` over WebDriver, so every line must survive JSON.
window.transcript = [];

window.record = (direction, message, more = {}) => {
  window.transcript.push({ direction, at: performance.timeOrigin + performance.now(), message: plain(message), ...more });
};

function plain(value) {
  try {
    return JSON.parse(JSON.stringify(value) ?? "null");
  } catch {
    return String(value);
  }
}

window.addEventListener("message", event => record("received", event.data, { origin: event.origin }));

window.received = () => window.transcript.filter(line => line.direction === "received").map(line => line.message);
