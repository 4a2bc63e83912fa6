// Posts values that a peer should not post: any that survive structured cloning, alone and as parts of messages. A seed reproduces them.

// The random generator mulberry32.
const generator = seed => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const NAMES = [
  "type", "messageId", "data", "hostUrl", "iFrameUrl", "engagementId", "engagement", "phoneNumber", "calleeInfo", "callerIdMatches", "error",
  "message", "isHidden", "isMinimized", "externalCallId", "__proto__", "constructor", "toString", "length", "then", "toJSON", "", "0", "\ud800",
];
// Of a window, as the scripts of Firefox's driver see nothing else.
window.FROM_HOST = [
  "DIAL_NUMBER", "ENGAGEMENT_CREATED", "CREATE_ENGAGEMENT_SUCCEEDED", "CREATE_ENGAGEMENT_FAILED", "UPDATE_ENGAGEMENT_SUCCEEDED",
  "UPDATE_ENGAGEMENT_FAILED", "FINALIZE_ENGAGEMENT_SUCCEEDED", "FINALIZE_ENGAGEMENT_FAILED", "CALLER_ID_MATCH_SUCCEEDED",
  "CALLER_ID_MATCH_FAILED", "VISIBILITY_CHANGED", "SET_CALL_STATE", "END_CALL", "NAVIGATE_TO_RECORD_FAILED", "FAILED", "UNLOADING",
];
const FROM_GUEST = [
  "INITIALIZED", "USER_AVAILABLE", "LOGGED_IN", "LOGGED_OUT", "INCOMING_CALL", "OUTGOING_CALL_STARTED", "CALL_ANSWERED", "CALL_ENDED",
  "CALL_COMPLETED", "CALL_DATA", "NAVIGATE_TO_RECORD", "RESIZE_WIDGET", "FINALIZE_ENGAGEMENT",
];
const OTHERS = ["READY", "SYNC_ACK", "SYNC_ACK_FAILED", "ERROR", "toString", "__proto__", "NEW_TYPE", "NEW_FAILED", "\ud800", ""];

class Values {
  constructor(seed) {
    this.random = generator(seed);
  }
  below(end) {
    return Math.floor(this.random() * end);
  }
  of(list) {
    return list[this.below(list.length)];
  }
  name() {
    return this.of(NAMES);
  }
  text() {
    return this.of([
      "", "x", "+16175551234", "00123", "9007199254740993", "NaN", "true", "\ud800", "\udc00\ud800", "💥", "\u0000", "https://evil.example",
      location.origin, "javascript:alert(1)", "a".repeat(this.below(5000)),
    ]);
  }
  number() {
    return this.of([0, -0, 1, -1, 0.5, NaN, Infinity, -Infinity, 2 ** 53 + 2, -(2 ** 63), 1e308, 5e-324, this.below(1e6)]);
  }
  // A value that is no JSON.
  exotic(depth) {
    const inner = () => this.value(depth - 1);
    return [
      () => undefined,
      () => BigInt(this.below(1e9)) ** BigInt(this.below(40)),
      () => new Date(this.number()),
      () => /END_CALL/giu,
      () => new Map([["type", "END_CALL"], ["messageId", "9_1"], [inner(), inner()]]),
      () => new Set([inner(), "type"]),
      () => new Error("END_CALL", { cause: inner() }),
      () => Object.assign(new TypeError("x"), { type: "END_CALL", messageId: "9_1" }),
      () => new ArrayBuffer(this.below(1000)),
      () => new (this.of([Int8Array, Uint8ClampedArray, Float64Array, BigInt64Array]))(this.below(100)),
      () => new DataView(new ArrayBuffer(8)),
      () => new Blob(["END_CALL"]),
      () => new String("END_CALL"),
      () => Object(this.number()),
      () => Object(10n),
      () => Object.create({ type: "END_CALL", messageId: "9_1" }),
      () => Object.assign(Object.create(null), { type: "END_CALL", data: inner() }),
      () => new (class { type = "END_CALL"; messageId = "9_1"; })(),
      () => [, , inner(), ,],
      () => { const list = []; list[this.below(1e9)] = 1; return list; },
      () => Object.assign([inner()], { type: "END_CALL", messageId: "9_1" }),
      () => { const cycle = { type: "END_CALL", messageId: "9_1" }; cycle.data = [cycle]; return cycle; },
      () => { const map = new Map(); map.set(map, map); return { data: map }; },
      () => { let deep = {}; for (let i = this.below(60); i > 0; i--) deep = { data: deep }; return deep; },
      () => { const shared = { a: inner() }; return [shared, shared, { shared }]; },
      () => ({ get type() { return "END_CALL"; }, get messageId() { return "9_1"; } }),
      () => ({ get data() { throw new Error("a getter"); } }),
      () => new Proxy({}, {}),
    ][this.below(28)]();
  }
  // One that is larger than any message.
  huge() {
    return [
      () => "x".repeat(1 << 21),
      () => Array(20000).fill(0),
      () => Object.fromEntries(Array.from({ length: 15000 }, (_, i) => [`k${i}`, i])),
      () => { let deep = []; for (let i = 0; i < 2000; i++) deep = [deep]; return deep; },
      () => 10n ** 20000n,
      () => new Uint8Array(1 << 20),
    ][this.below(6)]();
  }
  value(depth = 3) {
    const kind = this.below(depth > 0 ? 12 : 4);
    if (kind < 1) return this.of([null, true, false]);
    if (kind < 2) return this.number();
    if (kind < 4) return this.text();
    if (kind < 7) return this.exotic(depth);
    if (kind < 8) return Array.from({ length: this.below(5) }, () => this.value(depth - 1));
    return Object.fromEntries(Array.from({ length: this.below(6) }, () => [this.name(), this.value(depth - 1)]));
  }
  // A value to post. It is not a SYNC.
  next(kinds) {
    const kind = this.below(100);
    if (kind < 15) return this.value();
    if (kind < 30) return this.exotic(3);
    if (kind === 30) return this.huge();
    const message = { type: this.below(8) ? this.of(this.below(6) ? kinds : OTHERS) : this.value(1) };
    message.messageId = this.below(6) ? `9_${this.below(1e9)}` : this.value(1);
    if (this.below(5)) message.data = this.below(60) ? this.value(4) : this.huge();
    if (!this.below(4)) message[this.name()] = this.value(2);
    if (message.type === "SYNC" || message.type === "SYNC_ACK") delete message.messageId;
    return message;
  }
}

// What came back from the other side, by type.
window.answers = {};
window.addEventListener("message", event => {
  const type = String(event.data?.type);
  answers[type] = (answers[type] ?? 0) + 1;
  window.onanswer?.(event.data);
});

// Posts so many values to `target`, and `everyTenth` now and then. Resolves with the number that could be cloned, when the other side has
// handled all of them: with `probe` it is asked for that.
window.attack = async (target, seed, count, { kinds, everyTenth, probe }) => {
  const values = new Values(seed);
  let posted = 0;
  for (let done = 0; done < count; done += 100) {
    for (let i = 0; i < Math.min(100, count - done); i++) {
      if (everyTenth && !values.below(10)) everyTenth(values);
      try {
        target.postMessage(values.next(kinds), "*");
        posted++;
      } catch {
        // It cannot be cloned: a getter throws, a proxy is refused, or it is too deep.
      }
    }
    await probe?.(`PROBE_${seed}_${done}`);
  }
  return posted;
};

// Asks for the answer to an unknown type: everything before it has then been handled.
window.probeBy = post => type =>
  new Promise(resolve => {
    window.onanswer = answer => {
      if (answer?.type !== "ERROR" || answer.data?.data?.originalMessage?.type !== type) return;
      window.onanswer = undefined;
      resolve();
    };
    post({ type, messageId: "9_1" });
  });
