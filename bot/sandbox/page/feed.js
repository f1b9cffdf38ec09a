// The list of bubbles of one chat: draws only what changed, keeps the place, and knows what is unread.
import { bubble } from "./bubble.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { isLive, serviceText } from "./media.js";
import { isUnread, messagesOf, read, unreadOf } from "./store.js";
import { language, locale, t } from "./words.js";

const NEAR_PX = 90;
const GROUP_S = 300;

export function makeFeed(column, doing) {
  const list = h("div", { class: "feed", testid: "messages", role: "log", tabindex: "0" });
  const inner = h("div", { class: "feed-inner" });
  const count = h("span", { class: "badge" });
  const jump = h("button", { class: "round jump", type: "button", testid: "to-bottom", hidden: true, onclick: () => toBottom(true) }, icon("down"), count);
  const root = h("div", { class: "feed-box" }, list, jump);
  list.append(inner);
  let [shown, key, divider, sticking, height, whole] = [new Map(), "", 0, true, 0, 0];
  let [held, missed] = [false, false];

  const far = () => list.scrollHeight - list.scrollTop - list.clientHeight > NEAR_PX;
  list.addEventListener("scroll", () => {
    const resized = height !== list.clientHeight || whole !== list.scrollHeight;
    if (!(sticking && resized)) sticking = !far();
    [height, whole] = [list.clientHeight, list.scrollHeight];
    markRead();
  }, { passive: true });
  // A button that is redrawn between the finger's down and up would lose the tap: what changes meanwhile is drawn after it.
  list.addEventListener("pointerdown", () => { held = true; });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => held && setTimeout(release));
  new ResizeObserver(() => sticking && toBottom()).observe(inner);
  new ResizeObserver(() => sticking && toBottom()).observe(list);

  function toBottom(smoothly = false) {
    sticking = true;
    list.scrollTo({ top: list.scrollHeight, behavior: smoothly ? "smooth" : "instant" });
  }

  function markRead() {
    const room = column.room();
    if (!room) return;
    const seen = sticking && !document.hidden && root.offsetParent !== null;
    if (seen) read(room, column.scope());
    const unread = seen ? 0 : unreadOf(room, column.scope());
    jump.hidden = sticking;
    count.hidden = !unread;
    count.textContent = unread;
    jump.setAttribute("aria-label", unread ? `${t("to_bottom")}, ${t("unread_count", { count: unread })}` : t("to_bottom"));
  }

  function release() {
    held = false;
    if (missed) draw();
  }

  function draw() {
    const room = column.room();
    if (!room) return inner.replaceChildren();
    const opened = key !== column.key();
    missed = held && !opened;
    if (missed) return undefined;
    if (opened) open(room);
    const messages = messagesOf(room, column.scope());
    place(messages.length ? items(room, messages) : [welcome(room)], opened);
    list.setAttribute("aria-label", column.title());
    if (opened || sticking) toBottom();
    markRead();
    return undefined;
  }

  function open(room) {
    key = column.key();
    shown = new Map();
    inner.replaceChildren();
    divider = messagesOf(room, column.scope()).find((message) => isUnread(room, message))?.message_id || 0;
    sticking = true;
  }

  function items(room, messages) {
    const result = [];
    let day = "";
    const groups = albums(messages);
    groups.forEach((group, i) => {
      const date = new Date(group[0].date * 1000).toDateString();
      if (date !== day) result.push(line(`day ${date}`, "day", dayName(group[0].date)));
      day = date;
      if (group.some((message) => message.message_id === divider) && result.length > 1) result.push(line("unread", "unread-line", t("unread")));
      result.push(item(room, group, groups[i - 1], groups[i + 1]));
    });
    return result;
  }

  function item(room, group, before, after) {
    const facts = { room, messages: group, first: !joined(before, group), last: !joined(group, after), named: room.chat.kind !== "private" && !group[0].outgoing };
    const id = group[0].message_id;
    const waiting = [...room.pressing].filter((press) => group.some((message) => press.startsWith(`${message.message_id}:`)));
    const minute = isLive(group[0]) ? Math.floor(Date.now() / 60000) : 0;
    const quoted = group[0].reply_to_message && room.messages.get(group[0].reply_to_message.message_id)?.edit_date;
    const signature = JSON.stringify([group, facts.first, facts.last, waiting, minute, quoted, language(), room.trails.get(id)?.length]);
    return { key: String(id), signature, make: () => bubble(facts, doing) };
  }

  function welcome(room) {
    const [title, text] = room.chat.kind === "private" ? [t("start_title", { name: column.title() }), room.bot?.description || t("start_text")] : [t("no_topic_messages"), t("empty_group")];
    return { key: "welcome", signature: title + text, make: () => h("div", { class: "welcome" }, column.face("large"), h("b", {}, title), h("span", {}, text)) };
  }

  // Walks along the wanted items and the present elements, touching only what differs.
  function place(wanted, quietly) {
    const kept = new Set(wanted.map((one) => one.key));
    for (const [name, old] of shown) if (!kept.has(name)) { old.element.remove(); shown.delete(name); }
    let at = inner.firstElementChild;
    for (const one of wanted) {
      const old = shown.get(one.key);
      if (old?.signature === one.signature) {
        if (old.element !== at) inner.insertBefore(old.element, at);
        else at = at.nextElementSibling;
        continue;
      }
      const element = one.make();
      if (old) {
        if (old.element === at) at = at.nextElementSibling;
        swap(old.element, element);
      } else {
        inner.insertBefore(element, at);
        if (!quietly) element.classList.add("arriving");
      }
      shown.set(one.key, { element, signature: one.signature });
    }
  }

  // A redrawn bubble keeps the keyboard focus where it was.
  function swap(old, element) {
    const focusable = (box) => [...box.querySelectorAll("button, a")];
    const index = focusable(old).indexOf(document.activeElement);
    old.replaceWith(element);
    if (index >= 0) focusable(element)[index]?.focus({ preventScroll: true });
  }

  function jumpTo(messageId) {
    const target = inner.querySelector(`[data-id="${Number(messageId)}"]`);
    if (!target) return;
    sticking = false;
    target.scrollIntoView({ block: "center", behavior: "smooth" });
    target.classList.add("flash");
    setTimeout(() => target.classList.remove("flash"), 1600);
  }

  return { root, draw, toBottom, jumpTo, markRead };
}

const line = (key, className, text) => ({ key, signature: text, make: () => h("div", { class: `line ${className}` }, h("span", {}, text)) });

function albums(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

function joined(before, after) {
  if (!before || !after) return false;
  const [a, b] = [before.at(-1), after[0]];
  if (serviceText(a) || serviceText(b) || a.reply_markup?.inline_keyboard) return false;
  return a.outgoing === b.outgoing && a.from?.id === b.from?.id && b.date - a.date < GROUP_S;
}

function dayName(seconds) {
  const day = new Date(seconds * 1000);
  const ago = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 86400000);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  return day.toLocaleDateString(locale(), { day: "numeric", month: "long" });
}
