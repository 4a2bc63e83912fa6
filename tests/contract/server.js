// The back end of `examples/provider`, in the place of fetch.

let newest = 0;
let failure = null;
let last = "";

const answer = (user) => ({
  user,
  token: `token-${++newest}`,
  account: {
    numbers: [{ id: "office", name: "Office", number: "+16175550150" }],
    dispositions: [{ id: "f240bbac", name: "Connected" }],
  },
});

const json = (body) => new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });

export function startServer() {
  failure = null;
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const body = await request.text();
    last = `${request.method} ${pathname} ${body}`;
    if (failure === 0) throw new TypeError("Failed to fetch");
    if (failure !== null) return new Response("", { status: failure });
    switch (`${request.method} ${pathname}`) {
      case "POST /session": {
        const { user, password } = JSON.parse(body);
        return password === "secret" ? json(answer(user)) : new Response("", { status: 401 });
      }
      case "POST /session/renewal":
        return json(answer("ada"));
      case "DELETE /session":
        return new Response(null, { status: 204 });
      default:
        return new Response("", { status: 404 });
    }
  };
}

export const failWith = (status) => { failure = status; };
export const lastRequest = () => last;
export const newestToken = () => newest;
