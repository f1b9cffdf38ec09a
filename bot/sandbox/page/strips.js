// What lies between feed and composer: a walk under way, the message edited or answered, files about to go.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { summary } from "./media.js";
import { placeName, t } from "./words.js";
import { stopWalk, walkOf } from "./walks.js";

export function makeStrips(column, quit, drop) {
  const root = h("div", { class: "strips" });
  let [shown, kinds] = ["", ""];

  function draw({ editing, replyTo, staged }) {
    const room = column.room();
    const going = walkOf(room);
    const now = JSON.stringify([going?.step, going?.message, editing?.message_id, replyTo?.message_id, staged.map((one) => one.file.name), t("reply"), column.key()]);
    if (now === shown) return;
    const name = replyTo && (replyTo.outgoing ? t("you") : replyTo.from?.first_name || "");
    const wanted = [
      going && walkStrip(room, going),
      editing && strip("edit", t("editing"), editing, quit),
      replyTo && strip("reply", t("replying", { name }), replyTo, quit),
      staged.length && files(staged, drop),
    ];
    const nowKinds = wanted.map(Boolean).join();
    root.classList.toggle("still", nowKinds === kinds);
    [shown, kinds] = [now, nowKinds];
    root.replaceChildren(...wanted.filter(Boolean));
  }

  return { root, draw };
}

function walkStrip(room, going) {
  const facts = { place: placeName(going.place), step: going.step, steps: going.steps };
  const words = t(going.step >= going.steps ? "arrived" : "walking", facts);
  const stop = h("button", { class: "flat", type: "button", testid: "stop-live", onclick: () => stopWalk(room) }, t("stop_sharing"));
  return h("div", { class: "strip walk-strip", style: { "--done": going.step / going.steps } }, icon("walk", 20), h("span", { class: "strip-text" }, h("b", {}, words)), stop);
}

function strip(name, title, message, quit) {
  const cancel = h("button", { class: "round", type: "button", "aria-label": t("cancel"), onclick: quit }, icon("close", 18));
  return h("div", { class: "strip" }, icon(name, 20), h("span", { class: "strip-text" }, h("b", {}, title), h("span", {}, summary(message))), cancel);
}

function files(staged, drop) {
  return h("div", { class: "strip staged" }, staged.map((one) => h("span", { class: "staged-file", testid: "staged" },
    one.url ? preview(one) : h("span", { class: "chip-kind" }, icon("file", 20), h("small", {}, one.file.name)),
    h("button", { class: "remove", type: "button", "aria-label": t("remove"), onclick: () => drop(one) }, icon("close", 12)))));
}

const preview = ({ field, file, url }) =>
  field === "video" ? h("video", { src: url, muted: true, preload: "metadata", "aria-label": file.name }) : h("img", { src: url, alt: file.name });
