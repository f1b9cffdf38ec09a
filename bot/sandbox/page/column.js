// One of the three chats: who plays, the chat's head, topics, pinned message, feed and composer.
import * as api from "./api.js";
import { askPlace } from "./attach.js";
import { avatar } from "./avatar.js";
import { makeComposer } from "./composer.js";
import { h } from "./dom.js";
import { makeFeed } from "./feed.js";
import { icon } from "./icons.js";
import { summary } from "./media.js";
import { menuItem, popover, toast } from "./notices.js";
import { makeNudge } from "./nudge.js";
import { makePersona } from "./persona.js";
import { recall, remember } from "./remember.js";
import { changed, messagesOf, openRoom, person, room as roomOf, state, unreadOf, waitingFor } from "./store.js";
import { GENERAL, makeTopics } from "./topics.js";
import { t } from "./words.js";

const BOT_ROLES = { customer: ["customer"], provider: ["provider"], staff: ["admin", "staff"] };
const ACTIONS = {
  upload_photo: "sending_photo", upload_video: "sending_file", upload_document: "sending_file",
  find_location: "choosing_place", record_voice: "recording", upload_voice: "recording",
};

export function makeColumn(role) {
  let [personId, chatId, thread, headShown, pinShown] = [recall(`person.${role}`), null, GENERAL, "", ""];
  const phone = h("div", { class: "phone" });
  const column = {
    role, get host() { return feed.root; }, key: () => `${personId}:${chatId}:${scope() ?? ""}`, personId: () => personId, room: () => roomOf(personId, chatId),
    thread: () => (column.room()?.chat.is_forum ? thread : GENERAL), scope, title, face, closed, openTopic, choosePerson, reload, toBottom: () => feed.toBottom(),
  };
  const doing = {
    get host() { return feed.root; }, get locale() { return person(personId)?.language_code?.startsWith("zh") ? "zh-CN" : "en-GB"; },
    sendText: (text) => composer.sendText(text), prefill: (text) => composer.prefill(text), reply: (message) => composer.reply(message), edit: (message) => composer.edit(message),
    react, jumpTo: (id) => feed.jumpTo(id), allMessages: () => messagesOf(column.room(), scope()), askPlace,
  };
  const feed = makeFeed(column, doing);
  const composer = makeComposer(column);
  const topics = makeTopics(column);
  const persona = makePersona(column);
  const nudge = makeNudge(column);
  feed.root.append(nudge.root);
  const head = h("header", { class: "chat-head" });
  const pinned = h("button", { class: "pinned", type: "button", testid: "pinned", hidden: true });
  phone.append(head, topics.root, pinned, feed.root, composer.root);
  const root = h("section", { class: `column ${role}`, testid: `col-${role}`, "aria-label": t(role) }, persona.root, phone);

  async function react(message, emoji) {
    const sign = { message_id: message.message_id, emoji: message.reacted === emoji ? "" : emoji };
    try {
      await api.react(personId, chatId, sign);
    } catch (error) {
      toast(error.message, feed.root);
    }
  }

  function scope() {
    return column.room()?.chat.is_forum ? thread : null;
  }

  // The chats a role plays in: its bot, and for the staff their group first.
  function chats() {
    const bots = state.info.bots.filter((bot) => BOT_ROLES[role].includes(bot.role)).map((bot) => ({ id: bot.id, name: bot.name, bot }));
    const group = state.info.staff_chat;
    return role === "staff" ? [{ id: group.id, name: group.title, group: true }, ...bots] : bots;
  }

  const place = () => chats().find((one) => one.id === chatId);

  function title() {
    const bot = place()?.group ? null : column.room()?.bot;
    return bot?.name || place()?.name || "";
  }

  function face(className = "") {
    const one = place() || {};
    return avatar({ id: one.id, name: one.name, avatar: one.bot?.avatar }, className);
  }

  function closed() {
    return Boolean(scope() && column.room().topics.find((topic) => topic.id === thread)?.closed);
  }

  async function choosePerson(id) {
    personId = id;
    remember(`person.${role}`, id);
    return chooseChat(recall(`chat.${role}`, chats()[0]?.id));
  }

  async function chooseChat(id) {
    chatId = chats().some((one) => one.id === id) ? id : chats()[0].id;
    remember(`chat.${role}`, chatId);
    changed();
    await reload();
  }

  async function reload() {
    await openRoom(personId, chatId);
  }

  function openTopic(id) {
    thread = id;
    changed();
  }

  async function begin() {
    const people = state.people.filter((one) => one.roles.includes(role));
    if (people.length) await choosePerson(people.some((one) => one.id === personId) ? personId : people[0].id);
  }

  function status() {
    const room = column.room();
    if (state.status !== "live") return { words: t("connecting"), busy: true };
    if (room?.blocked) return { words: t("blocked") };
    if (room?.action && [undefined, column.thread()].includes(room.action.thread)) return { words: t(ACTIONS[room.action.name] || "typing"), busy: true };
    if (!place()?.group) return { words: t("bot") };
    const topic = thread && room?.topics.find((one) => one.id === thread);
    return { words: topic ? topic.name : t("members") };
  }

  // Messages to this person in a chat other than the one on show, as staff have with their bot.
  function unreadElsewhere() {
    const room = column.room();
    return waitingFor(personId) - (room?.chat.kind === "private" ? unreadOf(room) : 0);
  }

  function drawHead() {
    const { words, busy } = status();
    const waiting = unreadElsewhere();
    const now = JSON.stringify([chatId, words, busy, waiting, t("bot"), title()]);
    if (now === headShown) return;
    headShown = now;
    const line = h("small", { class: busy ? "busy" : "", testid: "chat-status" }, busy ? h("i", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")) : null, words);
    const more = h("button", { class: "round", type: "button", testid: "chat-menu", "aria-label": t("more"), "aria-haspopup": "menu", title: t("more"), onclick: () => openMenu(more) }, icon("dots"), waiting ? h("i", { class: "dot" }) : null);
    head.replaceChildren(face(), h("div", { class: "chat-name" }, h("h2", {}, title()), line), more);
  }

  function openMenu(anchor) {
    const blocked = column.room()?.blocked;
    const others = chats().filter((one) => one.id !== chatId).map((one) => menuItem("staff", one.name, () => chooseChat(one.id)));
    const block = place().group ? null : menuItem("block", t(blocked ? "unblock" : "block"), () => setBlocked(!blocked), { testid: "block" });
    popover(anchor, "menu", others, block);
  }

  async function setBlocked(blocked) {
    await api.setBlocked(personId, chatId, blocked);
    await reload();
    column.room().blocked = blocked;
    changed();
  }

  function drawPinned() {
    const room = column.room();
    const here = room ? room.pinned.map((id) => room.messages.get(id?.message_id ?? id)).filter((message) => message && messagesOf(room, scope()).includes(message)) : [];
    const message = here.sort((a, b) => a.message_id - b.message_id).at(-1);
    const now = JSON.stringify([message && summary(message), message?.message_id, t("pinned")]);
    if (now === pinShown) return;
    pinShown = now;
    pinned.hidden = !message;
    if (!message) return;
    pinned.onclick = () => feed.jumpTo(message.message_id);
    pinned.replaceChildren(h("b", {}, t("pinned")), h("span", {}, summary(message)));
  }

  function draw() {
    root.setAttribute("aria-label", t(role));
    persona.draw();
    drawHead();
    topics.draw();
    drawPinned();
    nudge.draw();
    feed.draw();
    composer.draw();
  }

  acceptDrops(phone, composer);
  return { role, root, begin, draw, unread: () => (column.room() ? unreadOf(column.room()) : 0), seen: feed.markRead };
}

function acceptDrops(phone, composer) {
  const veil = h("div", { class: "drop-veil", hidden: true }, icon("photo", 40), h("b", {}, t("drop_here")));
  phone.append(veil);
  phone.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    veil.hidden = false;
  });
  veil.addEventListener("dragleave", () => { veil.hidden = true; });
  phone.addEventListener("drop", (event) => {
    event.preventDefault();
    veil.hidden = true;
    composer.stage([...event.dataTransfer.files]);
  });
}
