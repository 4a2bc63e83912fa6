// Reloads the page when it has been built again.
{
  const { version } = document.currentScript.dataset;
  let changes;
  // A hidden page closes its connection: a browser opens only six to one server, and the simulator has pages in several tabs.
  const listen = () => {
    changes?.close();
    if (document.hidden) return;
    changes = new EventSource("/changes");
    changes.onmessage = ({ data }) => {
      if (data !== version) location.reload();
    };
  };
  document.addEventListener("visibilitychange", listen);
  listen();
}
