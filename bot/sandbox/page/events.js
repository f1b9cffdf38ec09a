// Keeps the rooms live: one stream of events for everybody, resumed where it broke off.
import * as api from "./api.js";
import { changed, countElsewhere, dropMessages, hear, loadPeople, onMissed, openRoom, putMessage, ring, room, state } from "./store.js";

const KINDS = ["message", "edit", "delete", "answer", "action", "pin", "topic", "keyboard", "chat"];
const ACTION_SHOWN_MS = 5500;
let source = null;
let sequence = 0;
let attempt = 0;
let timer = null;
let generation = 0;
const pending = new Set();

// Only the latest call goes through when several happen at once.
export async function connect() {
  const mine = (generation += 1);
  clearTimeout(timer);
  source?.close();
  try {
    await catchUp();
  } catch {
    return mine === generation ? retry() : undefined;
  }
  if (mine !== generation) return undefined;
  source = api.stream(everyone(), sequence);
  source.onopen = () => setStatus("live");
  source.onerror = retry;
  for (const kind of KINDS) source.addEventListener(kind, (event) => accept(JSON.parse(event.data)));
  return undefined;
}

addEventListener("offline", () => source && retry());
addEventListener("online", () => source || connect());

const everyone = () => state.people.map((one) => one.id);

// Taken before the rooms are read, so that nothing falls between reading and listening.
export async function prime() {
  sequence = (await api.poll(everyone(), Number.MAX_SAFE_INTEGER)).seq;
}

// A number lower than ours means another sandbox than the one we knew: read all again.
async function catchUp() {
  const answer = await api.poll(everyone(), sequence);
  const restarted = answer.seq < sequence;
  if (restarted || attempt > 0) {
    await loadPeople();
    await Promise.all([...state.rooms.values()].map((aRoom) => openRoom(aRoom.person, aRoom.chatId)));
  } else answer.events.forEach(accept);
  sequence = answer.seq;
}

function retry() {
  source?.close();
  source = null;
  setStatus("connecting");
  attempt += 1;
  clearTimeout(timer);
  timer = setTimeout(connect, Math.min(500 * 2 ** Math.min(attempt, 4), 6000));
}

function setStatus(status) {
  if (status === "live") attempt = 0;
  state.status = status;
  changed();
}

function accept(event) {
  if (event.seq && event.seq <= sequence) return;
  sequence = event.seq || sequence;
  if (event.kind === "message" && event.chat_id > 0 && !event.message?.outgoing) ring(event.person);
  hear(event);
  if (room(event.person, event.chat_id)) enact(event);
  else if (event.kind === "message" && event.chat_id > 0 && !event.message?.outgoing) countElsewhere(event.person);
}

function enact(event) {
  (HANDLERS[event.kind] || reload)(room(event.person, event.chat_id), event);
}

onMissed(enact);

const HANDLERS = {
  message: withMessage,
  edit: withMessage,
  delete: (aRoom, event) => dropMessages(aRoom, event.message_ids || [event.message_id]),
  action: showAction,
  answer: () => {},
  topic: (aRoom, event) => take(aRoom, { topics: event.topics }),
  pin: (aRoom, event) => take(aRoom, { pinned: event.pinned }),
  keyboard: (aRoom, event) => take(aRoom, { keyboard: event.reply_keyboard }),
  chat: (aRoom, event) => take(aRoom, { blocked: event.blocked }),
};

// An event that brings no facts of its own asks for reading again.
function take(aRoom, facts) {
  if (Object.values(facts).includes(undefined)) return reload(aRoom);
  Object.assign(aRoom, facts);
  return changed();
}

function withMessage(aRoom, event) {
  if (!event.message) return reload(aRoom);
  return putMessage(aRoom, event.message);
}

function showAction(aRoom, event) {
  const action = { name: event.action, until: Date.now() + ACTION_SHOWN_MS, thread: event.message_thread_id ?? event.thread };
  aRoom.action = action;
  changed();
  setTimeout(() => {
    if (aRoom.action === action) aRoom.action = null;
    changed();
  }, ACTION_SHOWN_MS);
}

// Rare kinds are answered by reading the room again, once per burst.
function reload(aRoom) {
  const key = `${aRoom.person}:${aRoom.chatId}`;
  if (pending.has(key)) return;
  pending.add(key);
  setTimeout(() => {
    pending.delete(key);
    openRoom(aRoom.person, aRoom.chatId).catch(() => {});
  }, 40);
}
