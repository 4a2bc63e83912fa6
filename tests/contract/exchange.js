// What the exchange of the tests can be told.

/** All tokens that the back end has given so far expire. */
export function expireTokens(backEnd) {
  const request = new XMLHttpRequest();
  // The caller goes on when they have expired.
  request.open("POST", `${backEnd}/expiry`, false);
  request.send();
  if (request.status !== 204) throw new Error(`the tokens have not expired: ${request.status} ${request.responseText}`);
}
