// The topics of the staff group: tabs with unread counts, and the whole list with the latest message of each.
import { h, hash } from "./dom.js";
import { icon } from "./icons.js";
import { summary } from "./media.js";
import { popover } from "./notices.js";
import { messagesOf, unreadOf } from "./store.js";
import { locale, t } from "./words.js";

export const GENERAL = 0;
const HUES = [205, 268, 28, 140, 318, 48, 232];

export function topicsOf(room) {
  const named = (room.topics || []).filter((topic) => topic.id !== GENERAL);
  return [{ id: GENERAL, name: t("general") }, ...named].map((topic) => ({ ...topic, unread: unreadOf(room, topic.id), latest: messagesOf(room, topic.id).at(-1) }));
}

// A name that begins with an emoji wears it as its sign.
const EMOJI = /^(\p{Extended_Pictographic}\uFE0F?)\s*(?=\S)/u;
const label = (topic) => topic.name.replace(EMOJI, "");

function sign(topic) {
  if (topic.id === GENERAL) return h("i", { class: "topic-sign plain", "aria-hidden": "true" }, "#");
  const emoji = topic.name.match(EMOJI);
  if (emoji) return h("i", { class: "topic-sign plain", "aria-hidden": "true" }, emoji[1]);
  return h("i", { class: "topic-sign", style: { "--hue": HUES[hash(String(topic.id)) % HUES.length] }, "aria-hidden": "true" }, [...topic.name][0] || "•");
}

const badge = (count) => (count ? h("span", { class: "badge", "aria-label": t("unread_count", { count }) }, String(count)) : null);

export function makeTopics(column) {
  const tabs = h("div", { class: "topic-tabs", role: "tablist" });
  const all = h("button", { class: "round", type: "button", testid: "all-topics", "aria-haspopup": "menu", onclick: () => openList() }, icon("menu"));
  const root = h("nav", { class: "topics" }, all, tabs);
  let shown = "";

  function draw() {
    const room = column.room();
    root.hidden = !room?.chat.is_forum;
    if (root.hidden) return;
    const topics = topicsOf(room);
    const now = JSON.stringify([topics.map((topic) => [topic.id, topic.name, topic.unread, topic.closed]), column.thread(), all.title, t("topics")]);
    if (now === shown) return;
    shown = now;
    const focused = tabs.contains(document.activeElement);
    root.setAttribute("aria-label", t("topics"));
    all.title = t("all_topics");
    all.setAttribute("aria-label", t("all_topics"));
    tabs.replaceChildren(...topics.map(tab));
    const chosen = tabs.querySelector("[aria-selected=true]");
    if (focused) chosen?.focus();
    if (chosen) tabs.scrollTo({ left: chosen.offsetLeft - 60, behavior: "smooth" });
  }

  function tab(topic) {
    const chosen = topic.id === column.thread();
    const box = { class: `topic-tab${topic.closed ? " closed" : ""}`, type: "button", role: "tab", testid: "topic-tab", "data-topic": topic.id, "aria-selected": String(chosen), tabindex: chosen ? "0" : "-1" };
    return h("button", { ...box, onclick: () => column.openTopic(topic.id), onkeydown: turn }, sign(topic), h("span", {}, label(topic)), badge(topic.unread));
  }

  function turn(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const list = [...tabs.children];
    const next = step && list[list.indexOf(event.currentTarget) + step];
    if (next) next.click();
  }

  function openList() {
    const topics = topicsOf(column.room()).sort((a, b) => (b.latest?.date || 0) - (a.latest?.date || 0));
    const box = popover(all, "topic-list", topics.map((topic) => row(topic, () => { box.shut(); column.openTopic(topic.id); })));
  }

  return { root, draw };
}

function row(topic, open) {
  const time = topic.latest ? new Date(topic.latest.date * 1000).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" }) : "";
  const latest = topic.latest ? [topic.latest.from ? h("em", {}, `${topic.latest.from.first_name}: `) : null, summary(topic.latest)] : t("no_topic_messages");
  return h("button", { class: "topic-row", type: "button", role: "menuitem", testid: "topic-row", onclick: open }, sign(topic),
    h("span", { class: "chip-text" }, h("b", {}, label(topic)), h("small", {}, latest)), h("span", { class: "topic-side" }, h("small", {}, time), badge(topic.unread)));
}
