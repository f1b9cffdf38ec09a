// What the page knows: people, places and the rooms (one person's view of one chat), with a bell for changes.
import * as api from "./api.js";
import { recall, remember } from "./remember.js";

export const state = { info: null, people: [], places: [], rooms: new Map(), elsewhere: new Map(), rang: new Map(), status: "connecting" };
const listeners = new Set();
const reading = recall("read", {});
const ears = new Set();
let replay = () => {};
let rung = false;

export function onChange(listener) {
  listeners.add(listener);
}

export function onMissed(listener) {
  replay = listener;
}

// Many changes within one task ring once.
export function changed() {
  if (rung) return;
  rung = true;
  queueMicrotask(() => {
    rung = false;
    for (const listener of listeners) listener();
  });
}

export const roomKey = (person, chat) => `${person}:${chat}`;
export const person = (id) => state.people.find((one) => one.id === id);
export const room = (personId, chatId) => state.rooms.get(roomKey(personId, chatId));

export async function loadPeople() {
  state.people = await api.people();
  for (const one of state.people) {
    const unread = one.chats.filter((chat) => chat.kind === "private" && !room(one.id, chat.id)).reduce((sum, chat) => sum + (chat.unread || 0), 0);
    state.elsewhere.set(one.id, unread);
  }
  changed();
}

// What waits for a person who is not on the screen now: in rooms read earlier and in those never opened.
export function waitingFor(personId) {
  const rooms = [...state.rooms.values()].filter((aRoom) => aRoom.person === personId && aRoom.chat.kind === "private");
  return rooms.reduce((sum, aRoom) => sum + unreadOf(aRoom), state.elsewhere.get(personId) || 0);
}

// Events that come while a room is being read are heard again by the room that was read.
export function hear(event) {
  for (const ear of ears) if (ear.key === roomKey(event.person, event.chat_id)) ear.events.push(event);
}

async function readRoom(personId, chatId) {
  const ear = { key: roomKey(personId, chatId), events: [] };
  ears.add(ear);
  try {
    const data = await api.chat(personId, chatId);
    return { data, missed: ear.events.filter((event) => event.seq > data.seq) };
  } finally {
    ears.delete(ear);
  }
}

export async function openRoom(personId, chatId) {
  const { data, missed } = await readRoom(personId, chatId);
  const known = room(personId, chatId);
  const messages = new Map(data.messages.map((message) => [message.message_id, message]));
  const fresh = {
    person: personId, chatId, chat: data.chat, bot: data.bot, topics: data.topics || [], messages,
    commands: data.commands || [], menu: data.menu, pinned: data.pinned || [], blocked: Boolean(data.blocked),
    keyboard: data.reply_keyboard || null, action: known?.action || null, trails: known?.trails || new Map(),
    pressing: known?.pressing || new Set(), version: (known?.version || 0) + 1,
  };
  state.rooms.set(roomKey(personId, chatId), fresh);
  if (data.chat.kind === "private") state.elsewhere.delete(personId);
  forgetOldReading(fresh);
  changed();
  missed.forEach(replay);
}

// After a fresh sandbox the numbers start again: what was read then says nothing now.
function forgetOldReading(aRoom) {
  const newest = Math.max(0, ...aRoom.messages.keys());
  const prefix = `${roomKey(aRoom.person, aRoom.chatId)}:`;
  for (const key of Object.keys(reading)) {
    if (key.startsWith(prefix) && reading[key] > newest) delete reading[key];
  }
}

export function putMessage(aRoom, message) {
  const before = aRoom.messages.get(message.message_id);
  if (before?.location && message.location) keepTrail(aRoom, before, message);
  aRoom.messages.set(message.message_id, { ...before, ...message, ...goneParts(before, message) });
  if (!before && !message.outgoing) aRoom.action = null;
  changed();
}

// An edit that takes the buttons or the caption away must take them away here, too.
function goneParts(before, message) {
  const parts = ["reply_markup", "entities", "text", "caption", "caption_entities", "photo", "files"];
  return before ? Object.fromEntries(parts.map((part) => [part, message[part]])) : {};
}

function keepTrail(aRoom, before, message) {
  const trail = aRoom.trails.get(message.message_id) || [before.location];
  const last = trail[trail.length - 1];
  if (last.latitude !== message.location.latitude || last.longitude !== message.location.longitude) trail.push(message.location);
  aRoom.trails.set(message.message_id, trail.slice(-60));
}

export function dropMessages(aRoom, ids) {
  for (const id of ids) aRoom.messages.delete(id);
  changed();
}

export const threadOf = (message) => (message.is_topic_message && message.message_thread_id) || 0;

export function messagesOf(aRoom, thread = null) {
  const all = [...aRoom.messages.values()].sort((a, b) => a.message_id - b.message_id);
  return thread === null ? all : all.filter((message) => threadOf(message) === thread);
}

const readKey = (aRoom, thread) => `${roomKey(aRoom.person, aRoom.chatId)}:${thread ?? 0}`;

export function isUnread(aRoom, message) {
  if (message.outgoing || message.unread === false) return false;
  return message.message_id > (reading[readKey(aRoom, aRoom.chat.is_forum ? threadOf(message) : 0)] || 0);
}

export function unreadOf(aRoom, thread = null) {
  return messagesOf(aRoom, thread).filter((message) => isUnread(aRoom, message)).length;
}

// Read up to the newest message of the thread; the server hears of it once nothing in the chat is unread.
export function read(aRoom, thread = null) {
  const messages = messagesOf(aRoom, thread).filter((message) => isUnread(aRoom, message));
  if (!messages.length) return;
  reading[readKey(aRoom, aRoom.chat.is_forum ? thread : 0)] = messages[messages.length - 1].message_id;
  remember("read", reading);
  if (!unreadOf(aRoom)) api.markRead(aRoom.person, aRoom.chatId).catch(() => {});
  changed();
}

// Remembers in which order people were written to.
export function ring(personId) {
  state.rang.delete(personId);
  state.rang.set(personId, Date.now());
  changed();
}

export function countElsewhere(personId) {
  state.elsewhere.set(personId, (state.elsewhere.get(personId) || 0) + 1);
  changed();
}
