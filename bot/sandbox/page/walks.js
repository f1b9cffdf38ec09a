// People who walk to a place while sharing their live location, one step every few seconds.
import * as api from "./api.js";
import { pointOf, walk } from "./places.js";
import { changed, roomKey } from "./store.js";

const STEPS = 14;
const STEP_MS = 2500;
const SHARED_FOR_S = 3600;
const walks = new Map();
const lastSeen = new Map();

export const walkOf = (room) => walks.get(roomKey(room.person, room.chatId));

export const seenAt = (personId, point) => lastSeen.set(personId, point);

export async function startWalk(room, place, facts) {
  await stopWalk(room);
  const points = walk(lastSeen.get(room.person), pointOf(place), STEPS);
  const sent = await api.sendMessage(room.person, room.chatId, { ...facts, location: { ...points[0], live_period: SHARED_FOR_S } });
  const going = { room, place, points, step: 0, steps: STEPS, message: sent.message_ids[0], timer: null };
  walks.set(roomKey(room.person, room.chatId), going);
  next(going);
  changed();
}

function next(going) {
  if (going.step < going.steps) going.timer = setTimeout(() => move(going), STEP_MS);
}

async function move(going) {
  going.step += 1;
  const point = going.points[going.step];
  seenAt(going.room.person, point);
  try {
    await api.moveLive(going.room.person, going.room.chatId, { message_id: going.message, ...point });
  } catch (error) {
    if (error.status) return forget(going.room);
  }
  changed();
  return next(going);
}

function forget(room) {
  clearTimeout(walkOf(room)?.timer);
  walks.delete(roomKey(room.person, room.chatId));
  changed();
}

export async function stopWalk(room) {
  const going = walkOf(room);
  if (!going) return;
  forget(room);
  await api.moveLive(room.person, room.chatId, { message_id: going.message, stop: true }).catch(() => {});
}
