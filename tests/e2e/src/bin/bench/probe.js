// Runs in every page before its own scripts. Times are milliseconds since 1970, so that frames can be compared.
const bench = { now: () => performance.timeOrigin + performance.now() };
window.bench = bench;
for (const level of ["debug", "error", "info", "log", "warn"]) console[level] = () => {};

const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));
const byTestId = id => document.querySelector(`[data-test-id="${id}"]`);

if (window === top) {
  const { createElement } = document;
  document.createElement = function (name, ...rest) {
    if (name === "iframe") bench.frameMade = bench.now();
    return createElement.call(this, name, ...rest);
  };

  bench.sinceFrameMade = time => (time ? time - bench.frameMade : null);
  bench.ready = () =>
    bench.sinceFrameMade(transcript.find(line => line.direction === "handled" && line.message.type === "READY")?.at);

  const post = (message, frame = document.querySelector("iframe")) =>
    frame.contentWindow.postMessage(message, new URL(frame.src).origin);

  // One message after the other, each of an unknown type: the time until the answer, in milliseconds.
  bench.roundTrips = async count => {
    const times = [];
    for (let i = 0; i < count; i++) {
      const start = performance.now();
      const answered = new Promise(done => {
        addEventListener("message", function receive({ data }) {
          if (data.type !== "ERROR") return;
          removeEventListener("message", receive);
          done();
        });
      });
      post({ type: "NOBODY_KNOWS_THIS", messageId: `bench_${i}`, data: {} });
      await answered;
      times.push(performance.now() - start);
    }
    return times.reduce((sum, time) => sum + time) / count;
  };

  bench.number = i => `+1617555${String(i).padStart(4, "0")}`;
  bench.dial = (first, last) => {
    const start = bench.now();
    for (let i = first; i <= last; i++) {
      post({ type: "DIAL_NUMBER", messageId: `bench_dial_${i}`, data: { phoneNumber: bench.number(i) } });
    }
    return String(start);
  };

  // HubSpot creates an engagement for each call.
  bench.answerCalls = () => {
    let id = 0;
    addEventListener("message", ({ data }) => {
      if (data.type !== "OUTGOING_CALL_STARTED") return;
      post({ type: "CREATE_ENGAGEMENT_SUCCEEDED", messageId: `bench_call_${++id}`, data: { engagementId: id } });
    });
  };
} else {
  // What wasm holds is in no JavaScript heap.
  const memories = [];
  bench.wasmBytes = () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...parameters) => {
      const made = await original.apply(WebAssembly, parameters);
      const { exports } = made.instance ?? made;
      memories.push(...Object.values(exports).filter(value => value instanceof WebAssembly.Memory));
      return made;
    };
  }

  // The page, and everything that it has loaded, each once.
  bench.transferred = () => {
    const [page] = performance.getEntriesByType("navigation");
    const sizes = new Map([[page.name, page.encodedBodySize]]);
    for (const { name, encodedBodySize } of performance.getEntriesByType("resource")) {
      sizes.set(name, Math.max(encodedBodySize, sizes.get(name) ?? 0));
    }
    return [...sizes.values()].reduce((sum, size) => sum + size, 0);
  };

  bench.painted = () => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    return paint ? String(performance.timeOrigin + paint.startTime) : null;
  };

  // Clicks on Log in until it works.
  bench.loggedIn = (async () => {
    while (!byTestId("dial-number-input")) {
      byTestId("log-in")?.click();
      await wait(1);
    }
    return String(bench.now());
  })();

  const field = () => byTestId("dial-number-input");
  const key = digit => [...document.querySelectorAll("button")].find(button => button.textContent.trim() === digit);
  const channel = new MessageChannel();
  // The next task; a timeout would wait longer.
  const nextTask = () =>
    new Promise(done => {
      channel.port1.onmessage = done;
      channel.port2.postMessage(null);
    });
  const shows = async value => {
    while (field().value !== value) await nextTask();
    return field().offsetWidth; // laid out
  };

  // A digit and a backspace in turn, so that the field stays short: milliseconds for each press.
  bench.press = async (count, waiting) => {
    const before = field().value;
    const buttons = [key("5"), document.querySelector("[aria-label=backspace]")];
    let sum = 0;
    for (let i = 0; i < count; i++) {
      // As a pointer does: the field loses the focus, and the widget can remember where its caret was.
      buttons[i % 2].focus();
      await nextTask();
      const start = performance.now();
      buttons[i % 2].click();
      await (waiting ? shows(i % 2 ? before : `${before}5`) : nextTask());
      sum += performance.now() - start;
    }
    await shows(count % 2 ? `${before}5` : before);
    return sum / count;
  };

  // Calls that end by themselves, or after a moment by a click, and are saved. Stops after some seconds, for a script has a time
  // limit: how many were made.
  bench.calls = async (count, number) => {
    const began = performance.now();
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    let made = 0;
    while (made < count && performance.now() - began < 10_000) {
      set.call(field(), number);
      field().dispatchEvent(new Event("input", { bubbles: true }));
      while (field()) {
        byTestId("outgoing-call")?.click();
        await nextTask();
      }
      const start = performance.now();
      while (!field()) {
        byTestId("complete-call")?.click();
        if (performance.now() - start > 100) byTestId("end-call")?.click();
        await nextTask();
      }
      made++;
    }
    return made;
  };

  bench.sees = async number => {
    const digits = text => text.replace(/\D/g, "");
    const there = () =>
      field()
        ? digits(field().value) === digits(number)
        : transcript.findLast(line => line.direction === "handled")?.message.data?.phoneNumber === number;
    while (!there()) await wait(1);
    return String(bench.now());
  };
}
