// Inline keyboards below bubbles and reply keyboards below the composer.
import * as api from "./api.js";
import { deepLink, typedBy } from "./calling.js";
import { h, safeUrl } from "./dom.js";
import { icon } from "./icons.js";
import { isInvoice, openInvoice } from "./invoice.js";
import { alertBox, copy, toast } from "./notices.js";
import { changed, openRoom } from "./store.js";
import { t } from "./words.js";

const ANSWER_WAITS = 6;

export function inlineKeyboard(room, message, doing) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "inline-keyboard" }, rows.map((row, y) => h("div", { class: "key-row" }, row.map((button, x) => inlineButton(room, message, button, [y, x], doing)))));
}

// The next screen's button may stand where the one still waiting for its answer stood: it is another one.
const pressKey = (message, button, row, column) => `${message.message_id}:${row}:${column}:${button.callback_data || ""}`;

function inlineButton(room, message, button, [row, column], doing) {
  const key = pressKey(message, button, row, column);
  const waiting = room.pressing.has(key);
  const box = { class: `key ${button.style || ""}${waiting ? " waiting" : ""}`, testid: "inline-button", "aria-busy": waiting ? "true" : null };
  const label = h("span", { class: "key-label" }, button.text);
  const href = button.url && safeUrl(button.url);
  const inside = href && deepLink(href);
  if (href && isInvoice(href)) return h("button", { ...box, type: "button", onclick: () => openInvoice(room, { link: href }, doing.host) }, label, icon("link", 13));
  if (inside) return h("button", { ...box, type: "button", title: t("open_link"), onclick: () => opened(room, inside, doing) }, label, icon("link", 13));
  if (href) return h("a", { ...box, href, target: "_blank", rel: "noopener noreferrer", title: t("open_link") }, label, icon("link", 13));
  const press = () => pressed(room, message, button, { row, column, key }, doing);
  return h("button", { ...box, type: "button", onclick: press }, label, button.copy_text ? icon("copy", 13) : null, waiting ? h("i", { class: "spinner" }) : null);
}

// A link into a bot opens it in Telegram; here it is said to the bot at once.
async function opened(room, { bot, payload }, doing) {
  const text = `/start ${payload}`;
  if (bot.id === room.chatId) return doing.sendText(text);
  await api.sendMessage(room.person, bot.id, { text });
  return toast(t("opened_elsewhere", { name: bot.name }), doing.host);
}

async function pressed(room, message, button, at, doing) {
  if (button.copy_text) return copy(button.copy_text.text, doing.host);
  const words = typedBy(button, room.bot);
  if (words) return doing.prefill(words);
  if (button.pay) return openInvoice(room, { message_id: message.message_id }, doing.host);
  if (!button.callback_data) return toast(t("not_here"), doing.host);
  if (room.pressing.has(at.key)) return undefined;
  room.pressing.add(at.key);
  changed();
  try {
    await deliver(room, message, { data: button.callback_data, stale: true }, doing);
  } catch (error) {
    toast(error.status === 404 ? t("button_gone") : t("no_server"), doing.host);
    if (error.status === 404) openRoom(room.person, room.chatId).catch(() => {});
  } finally {
    room.pressing.delete(at.key);
    changed();
  }
  return undefined;
}

// As Telegram does it: the bot hears of a tap on what this page showed, whatever stands there by now.
async function deliver(room, message, which, doing) {
  const { callback_query_id } = await api.press(room.person, room.chatId, { message_id: message.message_id, ...which });
  for (let tries = 0; tries < ANSWER_WAITS; tries += 1) {
    const answer = await api.callback(callback_query_id);
    if (answer.answered) return show(answer, room, doing);
  }
  return toast(t("no_answer"), doing.host);
}

function show(answer, room, doing) {
  const href = answer.url && safeUrl(answer.url);
  if (href) window.open(href, "_blank", "noopener");
  if (!answer.text) return undefined;
  return answer.show_alert ? alertBox(answer.text, room.bot?.name || room.bot?.first_name || room.chat.title || "") : toast(answer.text, doing.host);
}

// A label that begins with an emoji needs no second sign.
function sign(button) {
  const name = button.request_contact ? "contact" : button.request_location ? "pin" : "";
  return name && !/^\p{Extended_Pictographic}/u.test(button.text) ? icon(name, 17) : null;
}

export function replyKeyboard(markup, onPress) {
  const key = (button) => h("button", { class: `reply-key ${button.style || ""}`, type: "button", testid: "reply-button", onclick: () => onPress(button) },
    sign(button), h("span", {}, button.text));
  return h("div", { class: "reply-keyboard", testid: "reply-keyboard" }, markup.keyboard.map((row) => h("div", { class: "key-row" }, row.map((button) => key(typeof button === "string" ? { text: button } : button)))));
}
