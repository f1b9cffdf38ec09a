// A hint over a chat that somebody else of the same role has news: one tap lets that person play.
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { changed, state, waitingFor } from "./store.js";
import { t } from "./words.js";

export function makeNudge(column) {
  const root = h("div", { class: "nudge", testid: "nudge", role: "status", hidden: true });
  let shown = "";

  // Whoever was written to last while the page was open, until read or put aside.
  function latest() {
    const others = state.people.filter((one) => one.roles.includes(column.role) && one.id !== column.personId());
    const called = others.filter((one) => state.rang.has(one.id) && waitingFor(one.id));
    return called.sort((a, b) => state.rang.get(b.id) - state.rang.get(a.id))[0];
  }

  function draw() {
    const one = latest();
    const count = one ? waitingFor(one.id) : 0;
    const now = JSON.stringify([one?.id, one?.name, count, t("switch_to")]);
    if (now === shown) return;
    shown = now;
    root.hidden = !one;
    if (one) root.replaceChildren(go(one, count), aside(one));
  }

  function go(one, count) {
    const words = h("span", { class: "nudge-text" }, h("b", {}, one.name), h("small", {}, t(count > 1 ? "has_messages" : "has_message", { count })));
    return h("button", { class: "nudge-go", type: "button", testid: "nudge-switch", onclick: () => column.choosePerson(one.id) }, avatar(one, "small"), words, h("span", { class: "nudge-switch" }, t("switch_to")));
  }

  function aside(one) {
    const put = () => {
      state.rang.delete(one.id);
      changed();
    };
    return h("button", { class: "round", type: "button", "aria-label": t("close"), title: t("close"), onclick: put }, icon("close", 16));
  }

  return { root, draw };
}
