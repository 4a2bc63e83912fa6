// Runs transcripts with the npm package in node. The standard input is a JSON list of transcripts, `{side, steps}`; the standard output
// is a list with the outputs of each step. The argument is the folder of the package.
//
// What a browser has is replaced by as little as the package needs: windows that record what is posted to them, and a clock that stands
// still between two steps.

const HUBSPOT = "https://app.hubspot.com";
const WIDGET = "https://widget.example";

let now = 0;
let timers = [];
Date.now = () => 1_700_000_000_000 + now;
const pass = milliseconds => {
  const until = now + milliseconds;
  for (;;) {
    const next = timers.filter(timer => timer.at <= until).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    timers.splice(timers.indexOf(next), 1);
    now = next.at;
    next.run();
  }
  now = until;
};

globalThis.self = globalThis;
for (const level of ["log", "debug", "warn", "error"]) console[level] = () => {};
const { default: CallingExtensions, IFrameManager, Constants } = require(process.argv[2]);

// A link that knows the parts of its address.
const link = base => ({
  set href(url) {
    const { protocol, host } = new URL(url, base);
    this.protocol = protocol;
    this.host = host;
  },
});

const methods = { LOGGED_IN: "userLoggedIn", LOGGED_OUT: "userLoggedOut", OUTGOING_CALL_STARTED: "outgoingCall", ERROR: "sendError" };
const methodOf = type => methods[type] ?? type.toLowerCase().replace(/_(.)/g, (_, letter) => letter.toUpperCase());

function run({ side, steps }) {
  now = 0;
  timers = [];
  let outputs = [];
  let lastSync;
  const own = () => (manager ? `${manager.instanceId}_` : "?");
  const clean = message => {
    if (message?.type === "SYNC") lastSync = message.messageId;
    const copy = JSON.parse(JSON.stringify(message) ?? "null");
    if (typeof copy?.messageId === "string" && copy.messageId.startsWith(own())) copy.messageId = "<own>";
    return copy;
  };
  const peer = { postMessage: (message, to) => outputs.push({ post: clean(message), to }) };
  const raise = (handler, event) => outputs.push({ raise: handler, type: event.type, data: event.data });
  const page = side === "guest" ? WIDGET : HUBSPOT;
  const frame = { contentWindow: peer, setAttribute() {} };
  const element = { innerHTML: "", appendChild: created => Object.assign(created, frame), querySelector: () => frame };
  let onload;
  let manager;
  let listener;
  globalThis.document = {
    referrer: `${HUBSPOT}/contacts/1`,
    createElement: name =>
      name === "a" ? link(page) : { set onload(callback) { onload = callback; }, set onerror(_) {} },
    querySelector: () => element,
  };
  globalThis.window = {
    parent: peer,
    location: { href: `${page}/` },
    addEventListener: (_, callback) => { listener = callback; },
    setTimeout: (callback, delay) => timers.push({ at: now + delay, run: callback }),
  };
  let send;
  if (side === "guest") {
    const eventHandlers = { defaultEventHandler: (_, event) => raise("default", event) };
    for (const name of Object.values(Constants.messageHandlerNames)) {
      eventHandlers[name] = (_, event) => raise("message", event);
    }
    const cti = new CallingExtensions({ debugMode: false, eventHandlers });
    manager = cti.iFrameManager;
    send = ({ type, data }) => {
      const method = cti[methodOf(type)];
      if (typeof method === "function") method.call(cti, data);
      else cti.sendMessage({ type, ...(data === undefined ? {} : { data }) });
    };
  } else {
    manager = new IFrameManager({
      debugMode: false,
      iFrameOptions: { src: `${WIDGET}/`, width: "400px", height: "600px", hostElementSelector: "#host" },
      onMessageHandler: event => raise("message", event),
    });
    send = message => manager.sendMessage(message);
  }
  const fill = value => JSON.parse(JSON.stringify(value), (_, part) => (part === "$sync" ? lastSync : part));
  return steps.map(step => {
    outputs = [];
    try {
      if (step.load) onload();
      if (step.pass) pass(step.pass);
      if (step.send) send(step.send);
      if ("receive" in step) {
        const origin = step.from ?? (side === "guest" ? HUBSPOT : WIDGET);
        listener({ data: fill(step.receive), origin });
      }
    } catch (error) {
      outputs.push({ throws: error.name });
    }
    return JSON.parse(JSON.stringify(outputs));
  });
}

const transcripts = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(transcripts.map(run)));
