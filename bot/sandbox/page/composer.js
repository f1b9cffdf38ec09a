// Where a person writes: text, files, commands, replies and edits, and the bot's reply keyboard.
import * as api from "./api.js";
import { askPlace, fieldOf, notSent, openAttachMenu, sendStaged, shareContact } from "./attach.js";
import { makeCalling } from "./calling.js";
import { makeCommands } from "./commands.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { replyKeyboard } from "./keyboard.js";
import { toast } from "./notices.js";
import { messagesOf } from "./store.js";
import { makeStrips } from "./strips.js";
import { t } from "./words.js";

const TALLEST_PX = 160;

export function makeComposer(column) {
  const drafts = new Map();
  let [staged, replyTo, editing, keyboardOpen] = [[], null, null, true];
  let [draftKey, keyboardShown, forced] = ["", "", null];

  const input = h("textarea", { rows: 1, testid: "composer", autocomplete: "off", spellcheck: "false" });
  const button = (name, testid, onclick) => h("button", { class: `round ${name}`, type: "button", testid, onclick }, icon(name));
  const attach = button("clip", "attach", () => openAttachMenu(attach, column.room(), doing));
  const menu = button("menu", "commands", () => commands.toggle());
  const toggle = button("keyboard", "keyboard-toggle", () => { keyboardOpen = !keyboardOpen; draw(); });
  const send = h("button", { class: "round send", type: "submit", testid: "send" }, icon("send"));
  const commands = makeCommands(column, input, (command) => { write(""); sendText(command); input.focus(); });
  const calling = makeCalling(column, input, () => { write(""); column.toBottom(); });
  const strips = makeStrips(column, quit, (one) => { staged = staged.filter((other) => other !== one); draw(); });
  const keys = h("div", { class: "keys" });
  const form = h("form", { class: "write" }, attach, h("div", { class: "field" }, menu, input, toggle), send);
  const start = h("button", { class: "start-button", type: "button", testid: "start", onclick: () => sendText("/start") });
  const root = h("footer", { class: "composer" }, strips.root, commands.list, calling.list, form, start, keys);

  const facts = () => ({ ...(column.thread() ? { thread: column.thread() } : {}), ...(replyTo ? { reply_to: replyTo.message_id } : {}) });
  const doing = {
    facts, stage, get host() { return column.host; },
    sent: () => { replyTo = null; column.toBottom(); draw(); },
    failed: (error) => notSent(error, column.host),
  };

  async function sendText(text) {
    const room = column.room();
    try {
      await api.sendMessage(room.person, room.chatId, { text, ...facts() });
      doing.sent();
    } catch (error) {
      doing.failed(error);
      if (!input.value) write(text);
    }
  }

  async function submit() {
    const text = input.value.trim();
    const room = column.room();
    if (editing) return saveEdit(room, text);
    if (staged.length) return sendFiles(room, text);
    if (!text) return undefined;
    write("");
    return sendText(text);
  }

  async function saveEdit(room, text) {
    const message = editing;
    editing = null;
    write("");
    if (text && text !== message.text) await api.editMessage(room.person, room.chatId, { message_id: message.message_id, text }).catch(doing.failed);
    draw();
  }

  async function sendFiles(room, caption) {
    const files = staged;
    staged = [];
    write("");
    await sendStaged(room, files, caption, facts()).then(doing.sent, doing.failed);
    files.forEach((one) => URL.revokeObjectURL(one.url));
  }

  function stage(files, asFile = false) {
    for (const file of files) {
      const field = fieldOf(file, asFile);
      staged.push({ file, field, url: ["photo", "video"].includes(field) ? URL.createObjectURL(file) : null });
    }
    draw();
    input.focus();
  }

  function write(text) {
    input.value = text;
    grow();
    drafts.set(column.key(), text);
    commands.offer();
    calling.offer();
  }

  function grow() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, TALLEST_PX)}px`;
    send.disabled = !input.value.trim() && !staged.length;
  }

  function reply(message) {
    [replyTo, editing] = [message, null];
    draw();
    input.focus();
  }

  function edit(message) {
    [editing, replyTo] = [message, null];
    write(message.text);
    draw();
    input.focus();
  }

  function quit() {
    if (editing) write("");
    [editing, replyTo] = [null, null];
    staged.forEach((one) => one.url && URL.revokeObjectURL(one.url));
    staged = [];
    commands.hide();
    calling.hide();
    draw();
  }

  function editLast() {
    const mine = messagesOf(column.room(), column.scope()).filter((message) => message.outgoing && message.text);
    if (mine.length) edit(mine[mine.length - 1]);
  }

  function pressKey(button) {
    if (column.room().keyboard?.one_time_keyboard) keyboardOpen = false;
    if (button.request_contact) return shareContact(column.room(), doing);
    if (button.request_location) return askPlace(column.room(), doing, ["send"]);
    if (button.web_app || button.request_users || button.request_chat) return toast(t("not_here"), column.host);
    return sendText(button.text);
  }

  input.addEventListener("input", () => { drafts.set(column.key(), input.value); grow(); commands.offer(); calling.offer(); });
  input.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files || [])];
    if (files.length) { event.preventDefault(); stage(files); }
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (commands.key(event) || calling.key(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); submit(); }
    if (event.key === "Escape") quit();
    if (event.key === "ArrowUp" && !input.value && !editing) { event.preventDefault(); editLast(); }
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); input.focus(); });

  function draw() {
    const room = column.room();
    root.hidden = !room;
    if (!room) return;
    changeDraft();
    const fresh = !room.chat.is_forum && room.chat.kind === "private" && room.messages.size === 0;
    const closed = column.closed();
    form.hidden = fresh || closed;
    start.hidden = !fresh && !closed;
    start.disabled = closed;
    start.replaceChildren(closed ? t("closed_topic") : t("start"));
    forceReply(room);
    drawWords(room);
    strips.draw({ editing, replyTo, staged });
    drawKeys(room);
    grow();
  }

  function changeDraft() {
    if (draftKey === column.key()) return;
    draftKey = column.key();
    [replyTo, editing, staged, forced] = [null, null, [], null];
    write(drafts.get(draftKey) || "");
  }

  function forceReply(room) {
    const newest = messagesOf(room, column.scope()).at(-1);
    if (!newest?.reply_markup?.force_reply || newest.outgoing || forced === newest.message_id) return;
    forced = newest.message_id;
    replyTo = newest;
  }

  function drawWords(room) {
    const asked = replyTo?.reply_markup?.input_field_placeholder || room.keyboard?.input_field_placeholder;
    input.placeholder = staged.length ? t("caption") : asked || t("placeholder");
    input.setAttribute("aria-label", t("placeholder"));
    menu.hidden = !room.commands.length;
    toggle.hidden = !room.keyboard?.keyboard;
    const labels = [[attach, "attach"], [menu, "commands"], [toggle, keyboardOpen ? "hide_keyboard" : "show_keyboard"], [send, editing ? "save" : "send"]];
    for (const [element, word] of labels) { element.setAttribute("aria-label", t(word)); element.title = t(word); }
  }

  function drawKeys(room) {
    const markup = room.keyboard?.keyboard ? room.keyboard : null;
    const now = JSON.stringify([markup, draftKey]);
    if (now !== keyboardShown) {
      keyboardShown = now;
      keyboardOpen = true;
      keys.replaceChildren(...(markup ? [replyKeyboard(markup, pressKey)] : []));
    }
    keys.hidden = !markup || !keyboardOpen || form.hidden;
    toggle.setAttribute("aria-pressed", String(!keys.hidden));
  }

  function prefill(text) {
    write(text);
    input.focus();
  }

  return { root, draw, reply, edit, sendText, stage, prefill };
}
