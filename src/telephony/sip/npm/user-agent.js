import RTCSession from "jssip/lib/RTCSession";

export { UA, WebSocketInterface } from "jssip";

// JsSIP ends a call with any of its requests that is not answered, or is not sent as the connection is lost. A call that is on goes on:
// its audio takes another way, and the widget sends what is necessary once there is a connection again.
for (const name of ["onTransportError", "onRequestTimeout"]) {
  const end = RTCSession.prototype[name];
  RTCSession.prototype[name] = function () {
    if (!this.isEstablished()) end.call(this);
  };
}
