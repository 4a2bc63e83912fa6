// Runs in every page before its own scripts: a clock that can be moved forward, counts of what a page can leave behind, and a user
// who clicks and types. `START`, `OFFSET` and `CONTROLS` are declared before it.
//
// Until it is moved the clock is slow, and timers of a second and more do not fire: on a busy machine a call would otherwise end
// before the user has done what the test wants.
(() => {
  const real = {
    clearTimeout: clearTimeout.bind(window),
    now: Date.now.bind(Date),
    setTimeout: setTimeout.bind(window),
    BroadcastChannel: window.BroadcastChannel,
    Date,
    MessageChannel: window.MessageChannel,
  };
  let offset = OFFSET;
  const now = () => START + (real.now() - START) / 50 + offset;

  // What this page has opened and not closed, and what it has made, which only the browser can free.
  const open = { channels: 0 };
  const made = { ports: 0, sounds: 0 };

  window.Date = new Proxy(real.Date, {
    apply: () => new real.Date(now()).toString(),
    construct: (target, parameters) => new target(...(parameters.length ? parameters : [now()])),
    get: (target, name) => (name === "now" ? now : target[name]),
  });

  const LONG = 1_000;
  const timers = new Map();
  let lastTimer = 0;
  const start = (call, delay, parameters, every) => {
    const id = ++lastTimer;
    const wait = Math.max(Number(delay) || 0, 0);
    const timer = { call, parameters, every, isLong: wait >= LONG, due: now() + wait };
    timers.set(id, timer);
    arm(id, timer);
    return id;
  };
  const arm = (id, timer) => {
    if (!timer.isLong) timer.real = real.setTimeout(fire, Math.max(timer.due - now(), 0), id);
  };
  const fire = id => {
    const timer = timers.get(id);
    if (!timer) return;
    if (timer.every === undefined) {
      timers.delete(id);
    } else {
      timer.due += Math.max(timer.every, 1);
      arm(id, timer);
    }
    timer.call.apply(window, timer.parameters);
  };
  const stop = id => {
    real.clearTimeout(timers.get(id)?.real);
    timers.delete(id);
  };
  window.setTimeout = (call, delay, ...parameters) => start(call, delay, parameters);
  window.setInterval = (call, delay, ...parameters) => start(call, delay, parameters, Number(delay) || 0);
  window.clearTimeout = stop;
  window.clearInterval = stop;

  window.BroadcastChannel = class extends real.BroadcastChannel {
    constructor(name) {
      super(name);
      open.channels++;
      this.isOpen = true;
    }
    close() {
      if (this.isOpen) open.channels--;
      this.isOpen = false;
      super.close();
    }
  };
  for (const [name, count] of [["MessageChannel", "ports"], ["AudioContext", "sounds"]]) {
    window[name] = class extends window[name] {
      constructor(...parameters) {
        super(...parameters);
        made[count]++;
      }
    };
  }

  // What wasm holds is in no JavaScript heap.
  const memories = [];
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...parameters) => {
      const result = await original.apply(WebAssembly, parameters);
      const { exports } = result.instance ?? result;
      memories.push(...Object.values(exports).filter(value => value instanceof WebAssembly.Memory));
      return result;
    };
  }
  for (const level of ["debug", "info", "log"]) console[level] = () => {};

  const channel = new real.MessageChannel();
  // The next task; a timeout would wait longer.
  const nextTask = () =>
    new Promise(done => {
      channel.port1.onmessage = done;
      channel.port2.postMessage(null);
    });

  const longUse = {};
  window.longUse = longUse;

  // Moves the clock forward. Every timer that is due on the way fires at its time, with what follows from it.
  longUse.pass = async time => {
    const end = now() + time;
    for (let fired = 0; ; fired++) {
      if (fired > 100_000) throw new Error("timers fire without an end");
      let first;
      for (const [id, timer] of timers) if (timer.due <= end && !(first?.timer.due <= timer.due)) first = { id, timer };
      if (!first) break;
      offset += Math.max(first.timer.due - now(), 0);
      real.clearTimeout(first.timer.real);
      fire(first.id);
      await nextTask();
    }
    offset += Math.max(end - now(), 0);
    for (const [id, timer] of timers) {
      real.clearTimeout(timer.real);
      arm(id, timer);
    }
  };

  longUse.counts = async () => {
    const { held = [], pending = [] } = (await navigator.locks?.query()) ?? {};
    return {
      timers: timers.size,
      channels: open.channels,
      ...made,
      locksHeld: held.length,
      locksPending: pending.length,
      wasm: memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
    };
  };

  const find = control =>
    document.evaluate(CONTROLS[control], document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue;
  const usable = control => {
    const element = find(control);
    return element && !element.disabled ? element : null;
  };
  // Timers are slow in a tab in the background.
  const soon = () => (document.hidden ? nextTask() : new Promise(done => real.setTimeout(done, 1)));
  const until = async (what, probe) => {
    const began = performance.now();
    for (;;) {
      const found = probe();
      if (found) return found;
      if (performance.now() - began > 15_000) throw new Error(`waited for ${what} on: ${document.body?.innerText}`);
      await soon();
    }
  };
  const acts = {
    click: async control => (await until(`a click on ${control}`, () => usable(control))).click(),
    clickIfThere: control => usable(control)?.click(),
    type: async (control, text) => {
      const field = await until(`typing into ${control}`, () => usable(control));
      const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
      Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      // The widget may write a number in its own form.
      await until(`the text in ${control}`, () => find(control)?.value);
    },
    pass: time => longUse.pass(time),
    see: control => until(control, () => find(control)),
  };
  // Does one step after the other, each as soon as it is possible. Returns why one is not; the driver would drop the text of an error.
  longUse.perform = async steps => {
    try {
      for (const [act, ...parameters] of steps) {
        await acts[act](...parameters);
        await nextTask();
      }
      return null;
    } catch (error) {
      return error.message;
    }
  };
  longUse.seesOrClosesNotice = text => {
    const isThere = document.body.innerText.includes(text);
    if (!isThere) acts.clickIfThere("CloseNotice");
    return isThere;
  };
  // Leaves no space for the next state.
  longUse.fillStorage = () => {
    for (let size = 1 << 23; size > 16; size >>= 1) {
      const filling = sessionStorage.getItem("filling") ?? "";
      try {
        sessionStorage.setItem("filling", filling.padEnd(filling.length + size));
      } catch {
        // It does not fit: less may.
      }
    }
  };

  // The rest is for the pages of the simulator.
  if (window !== top || !location.pathname.startsWith("/simulator/")) return;

  // What the widget has sent about calls. What is not taken before the page is left is stored.
  const SENT = "long-use:sent";
  let sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  addEventListener("message", ({ data }) => {
    if (data?.type === "INITIALIZED") longUse.isInitialized = true;
    if (/CALL|ERROR/.test(data?.type)) sent.push({ type: data.type, data: data.data });
  });
  addEventListener("pagehide", () => sessionStorage.setItem(SENT, JSON.stringify(sent)));
  longUse.takeSent = () => {
    const taken = JSON.stringify(sent);
    sent = [];
    return taken;
  };
  longUse.engagements = () => {
    const { calls = [] } = JSON.parse(localStorage.getItem("simulator:state") ?? "{}");
    return calls.filter(call => call.engagement).map(call => [call.external_call_id, String(call.engagement)]);
  };

  longUse.endCall = async () => {
    const button = () => byTestId("fault-end-call") ?? void byTestId("tab-faults")?.click();
    (await until("the button to end the call", button)).click();
  };

  const byTestId = id => document.querySelector(`[data-test-id="${id}"]`);
  const storedFaults = () => JSON.parse(localStorage.getItem("simulator:state") ?? "{}").faults ?? {};
  // A change of one fault takes the others as the panel shows them, which may be late: so this goes on until all are as wanted.
  longUse.setFaults = async (wanted, losesNext) => {
    try {
      const panel = id => byTestId(id) ?? void byTestId("tab-faults")?.click();
      const began = performance.now();
      for (;;) {
        const is = storedFaults();
        const different = wanted.find(([id, to]) => (is[field(id)] ?? (to === Number(to) ? 0 : false)) !== to);
        if (!different) break;
        if (performance.now() - began > 15_000) throw new Error(`${different} is not set: ${JSON.stringify(is)}`);
        const [id, to] = different;
        const input = await until("the panel", () => panel(id));
        if (input.type === "number") {
          input.value = to;
          input.dispatchEvent(new Event("change", { bubbles: true }));
        } else if (input.checked !== to) {
          input.click();
        }
        const before = JSON.stringify(is);
        const patience = performance.now() + 200;
        while (JSON.stringify(storedFaults()) === before && performance.now() < patience) await soon();
      }
      // It ends by itself with the next message.
      if (losesNext) (await until("the panel", () => panel("fault-loses-next"))).click();
      return null;
    } catch (error) {
      return error.message;
    }
  };
  const field = id => id.replace("fault-", "").replaceAll("-", "_");

  // A thousand messages within a second.
  longUse.flood = async frame => {
    const { origin } = new URL(frame.src);
    for (let message = 0; message < 1_000; message++) {
      const type = message % 10 ? "VISIBILITY_CHANGED" : "NOBODY_KNOWS_THIS";
      const data = { isHidden: message % 20 === 0, isMinimized: false };
      frame.contentWindow.postMessage({ type, messageId: `flood_${message}`, data }, origin);
      if (message % 20 === 19) await new Promise(done => real.setTimeout(done, 20));
    }
  };
})();
