// Telegram's text entities as elements. Offsets count UTF-16 units, as strings do here.
import { h, safeUrl } from "./dom.js";
import { t } from "./words.js";

const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const WRAPS = {
  pre: (entity, inner) => h("pre", { "data-language": entity.language || null }, h("code", {}, inner)),
  spoiler: (_, inner) => spoiler(inner),
  blockquote: (_, inner) => h("blockquote", {}, inner),
  expandable_blockquote: (_, inner) => expandable(inner),
  text_link: (entity, inner) => link(entity.url, inner),
  url: (entity, inner, text) => link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, inner),
  email: (_, inner, text) => link(`mailto:${text}`, inner),
  phone_number: (_, inner, text) => link(`tel:${text.replace(/[^+\d]/g, "")}`, inner),
  bot_command: (_, inner, text, doing) => h("button", { class: "inline-link", type: "button", onclick: () => doing.sendText(text) }, inner),
  date_time: (entity, inner, text, doing) => dateTime(entity, text, inner, doing),
  mention: (_, inner) => h("span", { class: "mention" }, inner),
  text_mention: (_, inner) => h("span", { class: "mention" }, inner),
  hashtag: (_, inner) => h("span", { class: "mention" }, inner),
  cashtag: (_, inner) => h("span", { class: "mention" }, inner),
};

export function formatted(text, entities = [], doing = {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return range(text, 0, text.length, sorted, doing);
}

function range(text, start, end, entities, doing) {
  const parts = [];
  let at = start;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    const block = BLOCKS.has(entity.type);
    if (from > at) parts.push(block ? text.slice(at, from).replace(/\n$/, "") : text.slice(at, from));
    const inside = entities.slice(i + 1).filter((one) => one.offset < to);
    parts.push(wrap(entity, range(text, from, to, inside, doing), text.slice(from, to), doing));
    at = block && text[to] === "\n" ? to + 1 : to;
  }
  if (at < end) parts.push(text.slice(at, end));
  return parts;
}

function wrap(entity, inner, text, doing) {
  if (SIMPLE[entity.type]) return h(SIMPLE[entity.type], {}, inner);
  const make = WRAPS[entity.type];
  return make ? make(entity, inner, text, doing) : h("span", {}, inner);
}

function link(url, inner) {
  const href = safeUrl(url);
  if (!href) return h("span", {}, inner);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, inner);
}

function spoiler(inner) {
  const show = (event) => event.currentTarget.classList.add("shown");
  return h("button", { class: "spoiler", type: "button", "aria-label": "…", onclick: show }, h("span", {}, inner));
}

function expandable(inner) {
  const toggle = (event) => {
    const open = event.currentTarget.parentElement.classList.toggle("open");
    event.currentTarget.setAttribute("aria-expanded", String(open));
  };
  const button = h("button", { class: "expand", type: "button", "aria-expanded": "false", "aria-label": t("more"), onclick: toggle }, "⌄");
  const words = h("div", { class: "quote-text" }, inner);
  const quote = h("blockquote", { class: "expandable" }, words, button);
  requestAnimationFrame(() => quote.classList.toggle("fits", words.scrollHeight <= words.clientHeight + 2));
  return quote;
}

// The format is Telegram's: r for relative, else w, d or D, t or T together; none means the text as it stands.
function dateTime(entity, text, inner, { locale = "en-GB" }) {
  const moment = new Date(entity.unix_time * 1000);
  const format = entity.date_time_format || "";
  const shown = format ? written(moment, format, locale) : inner;
  const title = moment.toLocaleString(locale, { dateStyle: "full", timeStyle: "short" });
  return h("time", { datetime: moment.toISOString(), title, class: "moment" }, shown || text);
}

function written(moment, format, locale) {
  if (format.includes("r")) return relative(moment, locale);
  const options = {};
  if (format.includes("w")) options.weekday = "short";
  if (format.includes("d")) Object.assign(options, { year: "2-digit", month: "numeric", day: "numeric" });
  if (format.includes("D")) Object.assign(options, { year: "numeric", month: "long", day: "numeric" });
  if (/t/i.test(format)) Object.assign(options, { hour: "2-digit", minute: "2-digit" });
  if (format.includes("T")) options.second = "2-digit";
  return new Intl.DateTimeFormat(locale, options).format(moment);
}

function relative(moment, locale) {
  const seconds = (moment.getTime() - Date.now()) / 1000;
  const steps = [["day", 86400], ["hour", 3600], ["minute", 60]];
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) || ["second", 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}
