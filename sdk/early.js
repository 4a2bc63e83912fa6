// For the <head> of a widget's page, inline or as a file: keeps what the host says while the program is still loading, so
// that the handshake needs not wait for the host to say it again. The SDK takes over and empties it. Only the newest 64
// messages of the embedding page are kept; nothing is read and nothing is answered here.
(function (early) {
  early.listener = function (event) {
    if (event.source === parent && early.push(event) > 64) early.shift();
  };
  addEventListener("message", early.listener);
})((window.callingExtensionsEarly = []));
