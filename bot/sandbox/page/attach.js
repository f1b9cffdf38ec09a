// The paperclip: photos, a place, a walk with live location, the own phone number, a file.
import * as api from "./api.js";
import { h } from "./dom.js";
import { confirmBox, menuItem, popover, toast } from "./notices.js";
import { choosePlace } from "./placebox.js";
import { pointOf } from "./places.js";
import { t } from "./words.js";
import { seenAt, startWalk } from "./walks.js";

export function openAttachMenu(anchor, room, doing) {
  popover(anchor, "menu",
    menuItem("photo", t("photo"), () => pickFiles("image/*,video/*", doing.stage), { testid: "attach-photo" }),
    menuItem("pin", t("location"), () => askPlace(room, doing, ["send", "walk"]), { testid: "attach-location" }),
    menuItem("walk", t("live_location"), () => askPlace(room, doing, ["walk"]), { testid: "attach-live" }),
    menuItem("contact", t("my_contact"), () => shareContact(room, doing), { testid: "attach-contact" }),
    menuItem("file", t("file"), () => pickFiles("", (files) => doing.stage(files, true)), { testid: "attach-file" }));
}

function pickFiles(accept, use) {
  const input = h("input", { type: "file", accept, multiple: true, class: "away", "data-testid": "file-input" });
  input.addEventListener("change", () => {
    use([...input.files]);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  document.body.append(input);
  input.click();
}

export function askPlace(room, doing, ways) {
  choosePlace(ways, (place, way) => {
    const sending = way === "walk" ? startWalk(room, place, doing.facts()) : sendPlace(room, place, doing);
    sending.then(doing.sent, doing.failed);
  });
}

function sendPlace(room, place, doing) {
  seenAt(room.person, pointOf(place));
  return api.sendMessage(room.person, room.chatId, { ...doing.facts(), location: pointOf(place) });
}

export async function shareContact(room, doing) {
  if (!(await confirmBox(t("share_contact_question"), t("share")))) return;
  await api.sendMessage(room.person, room.chatId, { ...doing.facts(), contact: true }).then(doing.sent, doing.failed);
}

// Photos and videos go together as albums in their order, other files one at a time.
export async function sendStaged(room, staged, caption, facts) {
  let words = caption;
  for (const bundle of bundles(staged)) {
    await api.sendFiles(room.person, room.chatId, { staged: bundle, caption: words, ...facts });
    words = "";
  }
}

const SEEN = ["photo", "video"];

function bundles(staged) {
  const seen = staged.filter((one) => SEEN.includes(one.field));
  const others = staged.filter((one) => !SEEN.includes(one.field));
  return [...slices(seen, 10), ...others.map((one) => [one])];
}

const slices = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, i * size + size));

export function fieldOf(file, asFile) {
  if (asFile) return "document";
  const kind = file.type.split("/")[0];
  return { image: "photo", video: "video", audio: "voice" }[kind] || "document";
}

export const notSent = (error, host) => toast(error.status ? t("not_sent", { reason: error.message }) : t("no_server"), host);
