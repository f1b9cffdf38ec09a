// Who plays a column: a list of people, the language of the chosen one, and new customers.
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { connect } from "./events.js";
import { icon } from "./icons.js";
import { closer, dialog, popover, toast } from "./notices.js";
import { loadPeople, person, state, waitingFor } from "./store.js";
import { language as pageLanguage, t, tIn } from "./words.js";

const SEARCH_FROM = 8;
export const LANGUAGES = [["zh-hans", "中文"], ["en", "EN"]];

export const short = (code) => (String(code || "").toLowerCase().startsWith("zh") ? "zh-hans" : "en");

// Who has something to read stands first, the latest on top.
const urgency = (one) => (waitingFor(one.id) ? 1 + (state.rang.get(one.id) || 0) : 0);

const peopleOf = (role) => state.people.filter((one) => one.roles.includes(role));

export function makePersona(column) {
  const button = h("button", { class: "persona", type: "button", testid: "persona-select", "aria-haspopup": "menu", onclick: () => open() });
  const languages = h("div", { class: "segmented", role: "group", testid: "lang-select" });
  const root = h("div", { class: "persona-bar" }, button, languages);
  let shown = "";

  function draw() {
    const one = person(column.personId());
    const waiting = peopleOf(column.role).some((other) => other.id !== one?.id && waitingFor(other.id));
    const now = JSON.stringify([one, waiting, t("customer")]);
    if (now === shown) return;
    shown = now;
    const name = one?.name || t("choose_person");
    const text = h("span", { class: "persona-text" }, h("small", {}, t(column.role)), h("b", { testid: "persona-name" }, name));
    button.replaceChildren(avatar(one || {}, "small"), text, icon("down", 16), ...(waiting ? [h("i", { class: "dot" })] : []));
    button.setAttribute("aria-label", `${t(column.role)}: ${t("playing", { name })}`);
    languages.replaceChildren(...(one ? LANGUAGES.map(([code, label]) => language(one, code, label)) : []));
    if (one) languages.setAttribute("aria-label", t("person_language", { name }));
  }

  function language(one, code, label) {
    const box = { type: "button", "aria-pressed": String(short(one.language_code) === code), "data-language": code };
    return h("button", { ...box, onclick: () => speak(one, code) }, label);
  }

  async function speak(one, code) {
    try {
      await api.changePerson(one.id, { language_code: code });
      await loadPeople();
      await column.reload();
      if (column.room()?.messages.size) toast(tIn(code, "telegram_speaks", { name: one.name }), column.host);
    } catch {
      toast(t("no_server"), column.host);
    }
  }

  async function open() {
    await loadPeople().catch(() => {});
    const people = peopleOf(column.role).sort((a, b) => urgency(b) - urgency(a));
    const rows = h("div", { class: "people" }, people.map((one) => personRow(one, one.id === column.personId(), () => { box.shut(); column.choosePerson(one.id); })));
    const find = h("input", { type: "search", placeholder: t("find_person"), "aria-label": t("find_person"), testid: "persona-search", oninput: () => filter(rows, find.value) });
    const search = people.length > SEARCH_FROM ? h("label", { class: "search" }, icon("search", 18), find) : null;
    const add = column.role === "customer" ? h("button", { class: "menu-item accent", type: "button", testid: "new-customer", onclick: () => { box.shut(); newCustomer(column); } }, icon("plus", 20), t("new_customer")) : null;
    const box = popover(button, "people-list", search, rows, add);
  }

  return { root, draw };
}

function personRow(one, chosen, choose) {
  const count = waitingFor(one.id);
  const about = [one.username ? `@${one.username}` : null, LANGUAGES.find(([code]) => code === short(one.language_code))[1]].filter(Boolean).join(" · ");
  return h("button", { class: "person-row", type: "button", role: "menuitemradio", "aria-checked": String(chosen), testid: "persona-option", "data-person": one.id, onclick: choose },
    avatar(one), h("span", { class: "chip-text" }, h("b", {}, one.name), h("small", {}, about)),
    count ? h("span", { class: "badge" }, String(count)) : chosen ? icon("check", 18) : null);
}

function filter(rows, text) {
  const wanted = text.trim().toLowerCase();
  for (const row of rows.children) row.hidden = !row.textContent.toLowerCase().includes(wanted);
}

function newCustomer(column) {
  const name = h("input", { name: "name", required: true, maxlength: 64, autocomplete: "off", testid: "new-name" });
  const choice = h("select", { name: "language", "aria-label": t("page_language") }, LANGUAGES.map(([code, label]) => h("option", { value: code }, label)));
  choice.value = short(pageLanguage());
  const form = h("form", { class: "person-form", method: "dialog" }, h("label", {}, t("new_name"), name), choice,
    h("div", { class: "dialog-foot" }, h("button", { class: "flat strong", testid: "create-person" }, t("create"))));
  const box = dialog("small-dialog", t("new_customer"), h("div", { class: "dialog-head" }, h("h2", {}, t("new_customer")), closer()), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const made = await api.addPerson({ name: name.value.trim(), language_code: choice.value, roles: ["customer"] });
    box.close();
    await loadPeople();
    await connect();
    column.choosePerson(made.id);
  });
  name.focus();
}
