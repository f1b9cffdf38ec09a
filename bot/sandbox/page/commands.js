// The bot's commands: "/" or the menu button opens the list, arrows choose, Enter sends.
import { h } from "./dom.js";
import { t } from "./words.js";

export function makeCommands(column, input, use) {
  let chosen = 0;
  const list = h("div", { class: "command-list", role: "listbox", testid: "command-list", hidden: true });

  function matching() {
    const typed = input.value.match(/^\/(\w*)$/);
    return typed ? column.room().commands.filter((one) => one.command.startsWith(typed[1].toLowerCase())) : [];
  }

  function show(shown) {
    chosen = Math.min(chosen, Math.max(0, shown.length - 1));
    list.hidden = !shown.length;
    list.setAttribute("aria-label", t("commands"));
    list.replaceChildren(...shown.map(row));
    mark();
  }

  function row(one) {
    const take = () => {
      list.hidden = true;
      use(`/${one.command}`);
    };
    return h("button", { type: "button", role: "option", testid: "command", onclick: take }, h("b", {}, `/${one.command}`), h("span", {}, one.description));
  }

  const mark = () => [...list.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === chosen)));
  const offer = () => show(column.room() ? matching() : []);

  function toggle() {
    chosen = 0;
    show(list.hidden ? column.room()?.commands || [] : []);
    input.focus();
  }

  // Says whether the key was one for the list.
  function key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (list.hidden || !(step || event.key === "Enter")) return false;
    if (step) chosen = (chosen + step + list.children.length) % list.children.length;
    else list.children[chosen].click();
    mark();
    return true;
  }

  return { list, offer, toggle, key, hide: () => { list.hidden = true; } };
}
