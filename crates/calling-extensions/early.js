// For the head of a widget's page, inline or as a file. Stores the messages of the embedding page until the program connects,
// the newest 64 at most. They are not read or answered here: the SDK does that when it connects.
(function (early) {
  early.listener = function (event) {
    if (event.source === parent && early.push(event) > 64) early.shift();
  };
  addEventListener("message", early.listener);
})((window.callingExtensionsEarly = []));
