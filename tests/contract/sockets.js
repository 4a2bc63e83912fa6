// The WebSockets of the page, to cut them.

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
