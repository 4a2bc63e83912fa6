// Opens the simulator's page as the calling window. The query and the fragment are passed on.
// The simulator is two folders above this script, wherever the page lies that includes it.
const simulator = new URL("../../", document.currentScript.src);
simulator.search = "?role=window" + location.search.replace(/^\?/, "&");
simulator.hash = location.hash;
location.replace(simulator);
