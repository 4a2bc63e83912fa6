// Records the messages that a page's SDK sends, that its window receives and that its handler gets.
// The tests read `transcript` over WebDriver, so every line must be valid JSON.
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
