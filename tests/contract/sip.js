// What the tests of the phone on SIP do to its surroundings: to the WebSockets of the page, and to the exchange.
//
// One file: wasm-bindgen-test-runner can leave a request without an answer when a page opens more than four connections to it.

let sockets = [];
const Native = window.WebSocket;

export function watchSockets() {
  sockets = [];
  window.WebSocket = class extends Native {
    constructor(...parameters) {
      super(...parameters);
      sockets.push(this);
    }
  };
}

export const cutSockets = () => sockets.splice(0).forEach((socket) => socket.close());

/** All tokens that the back end has given so far expire. */
export function expireTokens(backEnd) {
  const request = new XMLHttpRequest();
  // The caller goes on when they have expired.
  request.open("POST", `${backEnd}/expiry`, false);
  request.send();
  if (request.status !== 204) throw new Error(`the tokens have not expired: ${request.status} ${request.responseText}`);
}
