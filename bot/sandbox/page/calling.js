// A bot called by its name: "@bot words" shows what it offers, one of which can be sent into this chat.
import * as api from "./api.js";
import { h } from "./dom.js";
import { state } from "./store.js";
import { t } from "./words.js";

const PAUSE_MS = 250;
const LINK = /^https:\/\/t\.me\/(\w+)\?start=([\w-]+)$/;

const inlineBot = (name) => state.info?.bots.find((one) => one.inline && one.username.toLowerCase() === name.toLowerCase());

// Where a link into one of the bots leads, or null for any other address.
export function deepLink(href) {
  const [, name, payload] = href.match(LINK) || [];
  const bot = name && state.info?.bots.find((one) => one.username === name);
  return bot ? { bot, payload } : null;
}

// What a button that calls a bot in a chat types there, or null for another kind of button.
export function typedBy(button, bot) {
  const words = button.switch_inline_query_chosen_chat?.query ?? button.switch_inline_query ?? button.switch_inline_query_current_chat;
  return words === undefined || !bot ? null : `@${bot.username} ${words}`;
}

export function makeCalling(column, input, sent) {
  let [asked, timer, chosen] = ["", 0, 0];
  const list = h("div", { class: "command-list offers", role: "listbox", testid: "offer-list", hidden: true });

  function calling() {
    const [, name, words] = input.value.match(/^@(\w+)\s([\s\S]*)$/) || [];
    const bot = name && inlineBot(name);
    return bot ? { bot: bot.username, query: words } : null;
  }

  function offer() {
    const now = column.room() ? calling() : null;
    const key = now ? JSON.stringify([column.key(), now]) : "";
    if (key === asked) return;
    asked = key;
    clearTimeout(timer);
    if (now) timer = setTimeout(() => ask(now, key), PAUSE_MS);
    else list.hidden = true;
  }

  async function ask(now, key) {
    const room = column.room();
    try {
      const { inline_query_id: id } = await api.callBot(room.person, room.chatId, now);
      const answer = await api.offered(id);
      if (key === asked) show(room, id, answer.results || []);
    } catch {
      list.hidden = true;
    }
  }

  function show(room, id, results) {
    chosen = 0;
    list.hidden = false;
    list.setAttribute("aria-label", t("offers"));
    const none = h("span", { class: "none" }, t("no_offers"));
    list.replaceChildren(...(results.length ? results.map((one) => row(room, id, one)) : [none]));
    mark();
  }

  function row(room, id, one) {
    const take = async () => {
      hide();
      sent();
      await api.sendOffered(room.person, room.chatId, id, { result_id: one.id }).catch(() => {});
    };
    return h("button", { type: "button", role: "option", testid: "offer", onclick: take }, h("b", {}, one.title), h("span", {}, one.description || ""));
  }

  const rows = () => [...list.querySelectorAll("button")];
  const mark = () => rows().forEach((one, i) => one.setAttribute("aria-selected", String(i === chosen)));

  function hide() {
    clearTimeout(timer);
    list.hidden = true;
  }

  // Says whether the key was one for the list.
  function key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const found = rows();
    if (list.hidden || !found.length || !(step || event.key === "Enter")) return false;
    if (step) chosen = (chosen + step + found.length) % found.length;
    else found[chosen].click();
    mark();
    return true;
  }

  return { list, offer, key, hide };
}
