// For the head of a widget's page, inline or as a file, before the program: keeps what the embedding page says meanwhile, the
// newest 64 messages at most. Nothing is read and nothing is answered here; the SDK takes it over when it connects.
(function (early) {
  early.listener = function (event) {
    if (event.source === parent && early.push(event) > 64) early.shift();
  };
  addEventListener("message", early.listener);
})((window.callingExtensionsEarly = []));
