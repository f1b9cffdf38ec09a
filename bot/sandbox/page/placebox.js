// Choosing a place of the demo city: a search box, a list, and a drawn map of the choice.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { drawMap } from "./map.js";
import { closer, dialog } from "./notices.js";
import { pointOf, searchPlaces } from "./places.js";
import { placeName, t } from "./words.js";

const SHOWN = 60;

// Calls done(place, "send" | "walk") once; `ways` says which of the two are on offer.
export function choosePlace(ways, done) {
  let chosen = null;
  const preview = h("div", { class: "place-preview", hidden: true });
  const list = h("div", { class: "place-list", role: "listbox", "aria-label": t("choose_place") });
  const search = h("input", { type: "search", placeholder: t("find_place"), "aria-label": t("find_place"), testid: "place-search", oninput: () => fill() });
  const title = t(ways[0] === "walk" ? "walk_to_place" : "choose_place");
  const head = h("div", { class: "dialog-head" }, h("h2", {}, title), closer());
  const box = dialog("places", title, head, h("label", { class: "search" }, icon("search", 18), search), list, preview);
  const finish = (way) => {
    box.close();
    done(chosen, way);
  };

  function fill() {
    const found = searchPlaces(search.value);
    const rows = found.slice(0, SHOWN).map((place) => row(place, () => pick(place)));
    list.replaceChildren(...(rows.length ? rows : [h("p", { class: "muted center" }, t("no_places"))]));
  }

  function pick(place) {
    chosen = place;
    for (const item of list.children) item.setAttribute("aria-selected", String(item.dataset.name === place.name));
    const buttons = ways.map((way) => wayButton(way, () => finish(way)));
    preview.replaceChildren(drawMap(pointOf(place)), h("b", {}, placeName(place)), h("div", { class: "dialog-foot" }, buttons));
    preview.hidden = false;
    buttons[0].focus();
  }

  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("button")?.click();
  });
  fill();
  search.focus();
}

function row(place, pick) {
  const other = placeName(place) === place.name ? place.name_en : place.name;
  const box = { class: "place-row", type: "button", role: "option", "aria-selected": "false", testid: "place-item", "data-name": place.name, onclick: pick };
  return h("button", box, icon("pin", 20), h("span", {}, h("b", {}, placeName(place)), other && other !== placeName(place) ? h("small", {}, other) : null));
}

function wayButton(way, onclick) {
  const words = way === "walk" ? "walk_here" : "send_place";
  return h("button", { class: `flat${way === "send" ? " strong" : ""}`, type: "button", testid: `place-${way}`, onclick }, icon(way === "walk" ? "walk" : "pin", 18), t(words));
}
