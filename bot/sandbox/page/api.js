// The people side of the sandbox over HTTP; every call the page makes is here.

export class Refused extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

async function call(path, method = "GET", body = undefined) {
  const options = { method, headers: { accept: "application/json" } };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["content-type"] = "application/json";
  }
  const answer = await fetch(`/sandbox${path}`, options);
  const text = await answer.text();
  const data = readJson(text);
  if (!answer.ok) throw new Refused(answer.status, data?.error || data?.description || text || answer.statusText);
  return data;
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const room = (person, chat) => `/people/${person}/chats/${chat}`;

export const info = () => call("/info");
export const people = () => call("/people");
export const places = () => call("/places");
export const addPerson = (person) => call("/people", "POST", person);
export const changePerson = (id, change) => call(`/people/${id}`, "PATCH", change);
export const chat = (person, id) => call(room(person, id));
export const sendMessage = (person, id, message) => call(`${room(person, id)}/messages`, "POST", message);
export const editMessage = (person, id, change) => call(`${room(person, id)}/edit`, "POST", change);
export const press = (person, id, button) => call(`${room(person, id)}/press`, "POST", button);
export const react = (person, id, sign) => call(`${room(person, id)}/react`, "POST", sign);
export const callback = (id) => call(`/callbacks/${encodeURIComponent(id)}?wait=5`);
export const callBot = (person, id, words) => call(`${room(person, id)}/inline`, "POST", words);
export const offered = (query) => call(`/inline/${encodeURIComponent(query)}?wait=5`);
export const sendOffered = (person, id, query, one) => call(`${room(person, id)}/inline/${encodeURIComponent(query)}`, "POST", one);
export const invoice = (person, id, which) => call(`${room(person, id)}/invoice?${new URLSearchParams(which)}`);
export const payInvoice = (person, id, which) => call(`${room(person, id)}/invoice`, "POST", which);
export const checkout = (id) => call(`/checkouts/${encodeURIComponent(id)}?wait=11`);
export const moveLive = (person, id, point) => call(`${room(person, id)}/live`, "POST", point);
export const markRead = (person, id) => call(`${room(person, id)}/read`, "POST", {});
export const setBlocked = (person, id, blocked) => call(`${room(person, id)}/${blocked ? "block" : "unblock"}`, "POST", {});
export const poll = (ids, after) => call(`/events/poll?people=${ids.join(",")}&after=${after}&wait=0`);
export const stream = (ids, after) => new EventSource(`/sandbox/events?people=${ids.join(",")}&after=${after}`);

// Files go as a form, each under its kind: several of one message become an album.
export function sendFiles(person, id, { staged, caption, thread, reply_to }) {
  const form = new FormData();
  for (const { field, file } of staged) form.append(field, file, file.name || field);
  if (caption) form.append("caption", caption);
  if (thread) form.append("thread", String(thread));
  if (reply_to) form.append("reply_to", String(reply_to));
  return call(`${room(person, id)}/messages`, "POST", form);
}
