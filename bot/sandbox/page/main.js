// Puts the page together: top bar, three columns, and the tab bar of the phone layout.
import * as api from "./api.js";
import { makeColumn } from "./column.js";
import { h } from "./dom.js";
import { connect, prime } from "./events.js";
import { icon } from "./icons.js";
import { applyLook, followDevice, isDark, switchLook } from "./look.js";
import { toast } from "./notices.js";
import { recall, remember } from "./remember.js";
import { changed, loadPeople, onChange, state } from "./store.js";
import { language, pageLanguages, t, useLanguage } from "./words.js";

const ROLES = [["customer", "home"], ["provider", "tool"], ["staff", "staff"]];
const RETRY_MS = 1500;
const bar = document.getElementById("bar");
const columnsBox = document.getElementById("columns");
const tabs = document.getElementById("tabs");
let columns = [];
let [barShown, tabsShown, active] = ["", "", recall("tab", "customer")];

useLanguage(recall("language", navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"));
applyLook();
followDevice(changed);
onChange(draw);
document.addEventListener("visibilitychange", () => columns.forEach((column) => column.seen()));
begin();

async function begin() {
  try {
    [state.info, state.places] = await Promise.all([api.info(), api.places()]);
    await loadPeople();
    await prime();
  } catch {
    drawBar();
    toast(t("no_server"));
    setTimeout(begin, RETRY_MS);
    return;
  }
  columns = ROLES.map(([role]) => makeColumn(role));
  columnsBox.replaceChildren(...columns.map((column) => column.root));
  show(active);
  await Promise.all(columns.map((column) => column.begin()));
  await connect();
}

function draw() {
  drawBar();
  drawTabs();
  columns.forEach((column) => column.draw());
}

function drawBar() {
  const now = JSON.stringify([state.info?.name, language(), isDark(), state.status]);
  if (now === barShown) return;
  barShown = now;
  const name = state.info?.name || "Doorstep";
  document.title = `${name} · ${t("sandbox")}`;
  const look = t(isDark() ? "to_light" : "to_dark");
  const theme = h("button", { class: "round", type: "button", testid: "theme-toggle", "aria-label": look, title: look, onclick: () => { switchLook(); changed(); } }, icon(isDark() ? "sun" : "moon"));
  const words = t(state.status === "live" ? "connected" : "connecting");
  bar.replaceChildren(
    h("span", { class: "brand" }, h("span", { class: "logo" }, icon("home", 20)), h("b", {}, name), h("span", { class: "sandbox-badge", title: t("sandbox_about") }, t("sandbox"))),
    h("p", { class: "hint", testid: "hint" }, t("hint")),
    h("span", { class: `status ${state.status}`, role: "status", title: words, testid: "connection" }, state.status === "live" ? h("span", { class: "away" }, words) : words),
    h("div", { class: "segmented", role: "group", "aria-label": t("page_language"), testid: "page-language" }, Object.entries(pageLanguages).map(speak)), theme);
}

function speak([code, label]) {
  const choose = () => {
    remember("language", code);
    useLanguage(code);
    changed();
  };
  return h("button", { type: "button", "aria-pressed": String(language() === code), "data-language": code, onclick: choose }, label);
}

function drawTabs() {
  const unread = columns.map((column) => column.unread());
  const now = JSON.stringify([unread, active, language()]);
  if (now === tabsShown) return;
  tabsShown = now;
  tabs.replaceChildren(...ROLES.map(([role, sign], i) => h("button", { type: "button", testid: `tab-${role}`, "aria-pressed": String(role === active), onclick: () => show(role) },
    h("span", { class: "tab-sign" }, icon(sign, 24), unread[i] ? h("span", { class: "badge" }, String(unread[i])) : null), h("span", {}, t(role)))));
}

function show(role) {
  active = role;
  remember("tab", role);
  columnsBox.dataset.active = role;
  changed();
}
