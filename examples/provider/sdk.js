// The browser SDK of a fictitious provider. It behaves as real ones do: connecting takes a while and needs a token, an outgoing
// call rings before it is answered, a lost connection comes back by itself, and tokens expire. A real SDK talks to the
// provider's servers; the object `server` stands for them.

const server = {
  latency: 20, // milliseconds
  /** The calls that are on, by their references. */
  calls: new Map(),
  /** The clients that are connected. */
  clients: new Set(),
  /** Tokens up to this number are no longer accepted. */
  expired: 0,
  accepts: (token) => Number(/^token-(\d+)$/.exec(token)?.[1]) > server.expired,
};

const after = (delay) => new Promise((resolve) => setTimeout(resolve, delay));

export class VoiceClient {
  #handlers = {};
  #connecting = Promise.resolve();
  #attempt = 0;

  /** Calls the handler at each event: connected, disconnected, tokenExpired, incoming, ringing, answered, ended. */
  on(event, handler) {
    this.#handlers[event] = handler;
  }

  /** Calls no handler any more. */
  removeAllListeners() {
    this.#handlers = {};
  }

  /** Connects, or gives a connection another token. Rejects with the code "token-refused" when the token is not accepted. */
  connect(token) {
    const attempt = ++this.#attempt;
    this.#connecting = after(server.latency).then(() => {
      if (!server.accepts(token)) {
        throw Object.assign(new Error("The token was refused."), { code: "token-refused" });
      }
      if (attempt === this.#attempt) server.clients.add(this);
    });
    return this.#connecting;
  }

  /** Disconnects, and ends the calls of this client. */
  disconnect() {
    this.#attempt++;
    server.clients.delete(this);
    for (const [reference, call] of server.calls) {
      if (call.client === this) server.calls.delete(reference);
    }
  }

  /** Disconnects, and leaves its calls to the next client that resumes them. */
  leave() {
    this.#attempt++;
    server.clients.delete(this);
  }

  /** Calls a number. The events of the call carry the reference. Numbers that end in 04 are out of order. */
  dial(reference, to, from) {
    if (!server.clients.has(this)) throw new Error("There is no connection.");
    server.calls.set(reference, { client: this, from, to, answeredAt: undefined });
    after(server.latency).then(async () => {
      if (to.endsWith("04")) return this.#end(reference, "failed", "The number is out of order.");
      server.calls.get(reference)?.client.emit("ringing", { reference });
      await after(2 * server.latency);
      const call = server.calls.get(reference);
      if (!call) return;
      call.answeredAt = Date.now();
      call.client.emit("answered", { reference });
    });
  }

  /** Whether the client has this call. */
  has(reference) {
    return server.calls.get(reference)?.client === this;
  }

  answer(reference) {
    const call = server.calls.get(reference);
    if (call) call.answeredAt = Date.now();
  }

  /** Ends a call. An incoming one is declined; `busy` lets the caller hear the busy tone. */
  hangUp(reference, _busy) {
    server.calls.delete(reference);
  }

  /** Transfers a call that was not answered to the voice mail. */
  forward(reference) {
    server.calls.delete(reference);
  }

  async mute(_reference, _on) {
    await after(server.latency);
  }

  async hold(_reference, _on) {
    await after(server.latency);
  }

  sendDigit(_reference, _digit) {}

  /** Transfers a call to a number. Rejects when that is not possible; the call then goes on. */
  async transfer(reference, to) {
    await after(server.latency);
    if (to.endsWith("04")) throw new Error("The number is out of order.");
    server.calls.delete(reference);
  }

  /** Takes over a call after a reload. Resolves with the call, or with undefined when it is over. */
  async resume(reference) {
    await this.#connecting;
    await after(server.latency);
    const call = server.calls.get(reference);
    if (call) call.client = this;
    return call && { reference, answeredAt: call.answeredAt };
  }

  emit(event, details) {
    if (server.clients.has(this)) this.#handlers[event]?.(details);
  }

  #end(reference, reason, detail) {
    const call = server.calls.get(reference);
    server.calls.delete(reference);
    call?.client.emit("ended", { reference, reason, detail });
  }
}

/** Somebody calls the client that was connected last. */
export function simulateIncomingCall(reference, from, to) {
  const client = [...server.clients].at(-1);
  server.calls.set(reference, { client, from, to, answeredAt: undefined });
  client.emit("incoming", { reference, from, to });
}

/** The other side hangs up, or the call ends for another reason. */
export function simulateEnd(reference, reason) {
  const call = server.calls.get(reference);
  server.calls.delete(reference);
  call?.client.emit("ended", { reference, reason });
}

/** All connections are lost, and come back by themselves. */
export async function simulateOutage() {
  const clients = [...server.clients];
  for (const client of clients) client.emit("disconnected", { detail: "The network is down." });
  await after(2 * server.latency);
  for (const client of clients) client.emit("connected", {});
}

/** The tokens up to this number expire. */
export function simulateExpiry(number) {
  server.expired = number;
  for (const client of server.clients) client.emit("tokenExpired", {});
}
