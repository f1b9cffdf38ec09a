// One message (or one album) as a bubble.
import { avatar, fullName, nameHue } from "./avatar.js";
import { h } from "./dom.js";
import { formatted } from "./entities.js";
import { icon, ticks } from "./icons.js";
import { inlineKeyboard } from "./keyboard.js";
import { contactCard, documentChip, invoiceCard, locationCard, pictures, serviceText, sound, summary } from "./media.js";
import { copy, menuItem, popover } from "./notices.js";
import { person } from "./store.js";
import { locale, t } from "./words.js";

// A few of those Telegram offers; the one that is given already is taken back.
const REACTIONS = ["👍", "❤", "🙏", "👎"];

// facts: {room, messages (one, or an album's), first, last, named} · doing: what the column can do with it
export function bubble(facts, doing) {
  const message = facts.messages[0];
  const service = serviceText(message);
  if (service) return serviceLine(message, service);
  const side = message.outgoing ? "out" : "in";
  const classes = ["message", side, facts.first ? "first" : "", facts.last ? "last" : "", look(facts.messages)].join(" ");
  const body = h("div", { class: "bubble" }, content(facts, doing), actionsButton(message, facts, doing));
  const column = h("div", { class: "stack" }, body, inlineKeyboard(facts.room, facts.messages.at(-1), doing));
  const face = facts.named ? h("div", { class: "face" }, facts.last ? avatar({ ...message.from, avatar: person(message.from?.id)?.avatar }, "small") : null) : null;
  const box = h("div", { class: classes, testid: "bubble", "data-id": message.message_id, "data-side": side }, face, column);
  box.addEventListener("contextmenu", (event) => openActions(event, message, facts, doing));
  box.addEventListener("dblclick", (event) => !event.target.closest("button, a") && doing.reply(message));
  return box;
}

function serviceLine(message, text) {
  return h("div", { class: "service", testid: "service", "data-id": message.message_id }, h("span", {}, text));
}

function look(messages) {
  const message = messages[0];
  if (message.sticker) return "bare";
  const media = message.photo || message.video || message.animation || message.location || message.venue;
  const words = messages.some((one) => one.caption);
  return media ? `media${words ? " with-words" : ""}` : "";
}

function content(facts, doing) {
  const { messages, room } = facts;
  const message = messages[0];
  const worded = messages.find((one) => one.text || one.caption) || message;
  const text = worded.text ?? worded.caption;
  const entities = worded.text ? worded.entities : worded.caption_entities;
  const words = text ? h("div", { class: "words", testid: "text", dir: "auto" }, formatted(text, entities, doing), h("span", { class: "meta-room", "aria-hidden": "true" }, metaParts(facts, worded))) : null;
  const media = attached(messages, room, doing);
  const via = message.via_bot ? h("div", { class: "sender" }, h("small", {}, t("via", { name: message.via_bot.username }))) : null;
  const top = [facts.named && facts.first ? senderName(message) : null, via, quote(message, room, doing)];
  const parts = worded.show_caption_above_media ? [top, words, media] : [top, media, words];
  return [...parts, reactions(message), h("div", { class: "meta" }, metaParts(facts, worded))];
}

function reactions({ reactions: given = [] }) {
  const shown = given.filter((one) => one.emoji);
  return shown.length ? h("div", { class: "reactions" }, shown.map((one) => h("span", {}, one.emoji))) : null;
}

function attached(messages, room, doing) {
  const message = messages[0];
  if (message.photo || message.video || message.animation) return pictures(messages, doing.allMessages);
  if (message.document) return messages.map(documentChip);
  if (message.voice || message.audio) return sound(message);
  if (message.location || message.venue) return locationCard(message, room.trails.get(message.message_id));
  if (message.contact) return contactCard(message);
  if (message.invoice) return invoiceCard(message);
  if (message.sticker) return h("div", { class: "sticker" }, message.sticker.emoji || "🙂");
  return message.text ? null : h("div", { class: "words muted" }, t("not_here"));
}

function metaParts({ messages }, worded) {
  const message = messages[0];
  const time = new Date(message.date * 1000);
  const written = time.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
  const edited = worded.edit_date && !message.location ? h("span", { class: "edited" }, t("edited")) : null;
  const tick = message.outgoing ? ticks(messages.every((one) => !one.unread)) : null;
  return [edited, h("time", { datetime: time.toISOString(), title: time.toLocaleString(locale()) }, written), tick];
}

function senderName(message) {
  const from = message.from || {};
  const name = fullName(from);
  return h("div", { class: "sender", style: { "--hue": nameHue(from.id) } }, h("span", { testid: "sender" }, name), from.is_bot ? h("small", {}, t("bot")) : null);
}

function quote(message, room, doing) {
  const quoted = message.reply_to_message;
  if (!quoted || quoted.forum_topic_created) return null;
  const current = room.messages.get(quoted.message_id) || quoted;
  const name = current.outgoing ? t("you") : current.from?.first_name || "";
  return h("button", { class: "quote", type: "button", onclick: () => doing.jumpTo(quoted.message_id) }, h("b", {}, name), h("span", {}, summary(current)));
}

function actionsButton(message, facts, doing) {
  const open = (event) => openActions(event, message, facts, doing);
  return h("button", { class: "actions", type: "button", "aria-label": t("message_actions"), "aria-haspopup": "menu", testid: "message-actions", onclick: open }, icon("down", 16));
}

function openActions(event, message, facts, doing) {
  if (event.type === "contextmenu" && getSelection().toString()) return;
  event.preventDefault();
  const anchor = event.currentTarget.matches("button") ? event.currentTarget : event.currentTarget.querySelector(".actions");
  const text = message.text || message.caption;
  popover(anchor, "menu",
    h("div", { class: "react-row" }, REACTIONS.map((emoji) => menuItem(null, emoji, () => doing.react(message, emoji), { testid: `react-${emoji}` }))),
    menuItem("reply", t("reply"), () => doing.reply(message)),
    message.outgoing && message.text ? menuItem("edit", t("edit"), () => doing.edit(message), { testid: "edit-message" }) : null,
    text ? menuItem("copy", t("copy"), () => copy(text, doing.host)) : null);
}
